import { failedMoved, failedShare } from '#shared/figures/named-rule.ts';
import { NOTABLE_POINTS } from '#shared/format/change.ts';
import { count, fixed, share } from '#shared/format/format.ts';
import { type Checks, failedOf } from '#shared/format/rate.ts';
import { ruleTarget } from '#shared/format/target.ts';
import type { RuleLine, SiteView } from '#shared/view.ts';
import type { CallLinks } from './links.ts';
import { clean, type DigestView, type RuleView } from './view.ts';

/** Rules that the mail lists, and critical ones that stand on top. */
const RULE_LIMIT = 4;
const CRITICAL_LIMIT = 3;

/** Most failures first; of equal ones the worse first. */
function failingRules(rules: readonly RuleLine[]): RuleLine[] {
  return rules.filter((rule) => failedOf(rule) > 0).sort((a, b) => failedOf(b) - failedOf(a));
}

/** @param withAgents whether to name who fails a rule most: not in a digest about one agent */
export function ruleViews(
  rules: readonly RuleLine[],
  site: SiteView,
  toCalls: CallLinks,
  toPast: CallLinks,
  withAgents: boolean,
): RuleView[] {
  return failingRules(rules)
    .slice(0, RULE_LIMIT)
    .map((rule) => {
      const points = failedMoved(rule, site.minimumN);
      return {
        name: clean(rule.name),
        critical: rule.critical,
        failed: count(failedOf(rule), site.locale),
        of: [`of ${count(rule.evaluated, site.locale)} failed`, ruleTarget(rule, site)].filter(Boolean).join(', '),
        change: points === undefined ? null : changeInWords(points, site),
        past: points === undefined ? null : `was ${of(rule.before, site)}`,
        worse: points !== undefined && points >= NOTABLE_POINTS,
        better: points !== undefined && points <= -NOTABLE_POINTS,
        mostBy: withAgents ? mostBy(rule, site) : null,
        mostByHref: withAgents ? mostByHref(rule, toCalls) : null,
        href: toCalls({ rule: [rule.id] }),
        pastHref: toPast({ rule: [rule.id] }),
      };
    });
}

/** "21 of 86". */
const of = (checks: Checks, { locale }: SiteView): string =>
  `${count(failedOf(checks), locale)} of ${count(checks.evaluated, locale)}`;

/** "▲ 20.1 pts, worse": of the share that failed. */
function changeInWords(points: number, { locale }: SiteView): string {
  if (points === 0) return '→ same share';
  const word = Math.abs(points) < NOTABLE_POINTS ? '' : points > 0 ? ', worse' : ', better';
  return `${points > 0 ? '▲' : '▼'} ${fixed(Math.abs(points), locale)} pts${word}`;
}

/** "most by Ann Lee (24 of 60)"; "most by Ann Lee (3 of 5), Bob Ray (3 of 9) and 4 others". */
function mostBy({ mostBy: most }: RuleLine, { locale }: SiteView): string | null {
  if (most?.kind === 'unknown') return 'all by unknown agents';
  if (most?.kind !== 'agents') return null;
  const names = most.agents.map(
    ({ agent, failed, evaluated }) => `${clean(agent.name)} (${count(failed, locale)} of ${count(evaluated, locale)})`,
  );
  const others = most.others === 0 ? '' : ` and ${most.others} ${most.others === 1 ? 'other' : 'others'}`;
  return `most by ${names.join(', ')}${others}`;
}

/** The failed calls of all who are named. */
function mostByHref({ id, mostBy: most }: RuleLine, toCalls: CallLinks): string | null {
  if (most?.kind !== 'agents' || most.others > 0) return null;
  return toCalls({ rule: [id], agent: most.agents.flatMap(({ agent }) => agent.id ?? []) });
}

/**
 * The critical rules that failed, each with the share that it was in the compared period, where both have enough calls.
 * @param past that period in words: "on Tue 2 Dec"
 */
export function criticalViews(
  rules: readonly RuleLine[],
  site: SiteView,
  past: string,
  toCalls: CallLinks,
  toPast: CallLinks,
): DigestView['critical'] {
  const n = (value: number) => count(value, site.locale);
  return failingRules(rules)
    .filter(({ critical }) => critical)
    .slice(0, CRITICAL_LIMIT)
    .map((rule) => {
      const [failed, points] = [failedOf(rule), failedMoved(rule, site.minimumN)];
      return {
        name: clean(rule.name),
        failed: rule.evaluated === 1 ? '1 call' : `${n(failed)} of ${n(rule.evaluated)} calls`,
        change: points === undefined ? '' : shareInWords(rule, points, site, past),
        href: toCalls({ rule: [rule.id] }),
        pastHref: points === undefined ? null : toPast({ rule: [rule.id], result: 'evaluated' }),
      };
    });
}

/** "(58.8%, up from 4.2% on Tue 2 Dec)". */
function shareInWords(rule: RuleLine, points: number, site: SiteView, past: string): string {
  const was = failedOf(rule.before) === 0 ? 'none' : share(failedShare(rule.before), site.locale);
  const moved = points === 0 ? 'the same as' : `${points > 0 ? 'up' : 'down'} from ${was}`;
  return `(${share(failedShare(rule), site.locale)}, ${moved} ${past})`;
}
