import { countDifference, pointsChange } from '../../site/lib/change.ts';
import { count } from '../../site/lib/format.ts';
import { failedOf, rateOf } from '../../site/lib/rate.ts';
import type { RuleLine, SiteView } from '../report/view.ts';
import type { CallLinks } from './links.ts';
import { clean, type DigestView, type RuleView } from './view.ts';

/** Rules that the mail lists, and critical ones that stand on top. */
const RULE_LIMIT = 4;
const CRITICAL_LIMIT = 3;

/** Most failures first; of equal ones the worse first. */
export function failingRules(rules: readonly RuleLine[]): RuleLine[] {
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
      const verdict = verdictOf(rule, site);
      return {
        name: clean(rule.name),
        critical: rule.critical,
        failed: count(failedOf(rule), site.locale),
        of: `of ${count(rule.evaluated, site.locale)} failed`,
        change: rule.before.evaluated > 0 ? changeInWords(failedOf(rule), failedOf(rule.before), site) : null,
        worse: verdict === 'worse' && failedOf(rule) > failedOf(rule.before),
        better: verdict === 'better' && failedOf(rule) < failedOf(rule.before),
        mostBy: withAgents ? mostBy(rule, site) : null,
        mostByHref: withAgents ? mostByHref(rule, toCalls) : null,
        href: toCalls({ rule: [rule.id] }),
        pastHref: toPast({ rule: [rule.id] }),
      };
    });
}

/** "▲ 20 more, was 21". */
function changeInWords(failed: number, was: number, { locale }: SiteView): string {
  if (failed === was) return '→ as many';
  const { arrow, text } = countDifference(failed, was, locale);
  return `${arrow} ${text} ${failed > was ? 'more' : 'fewer'}, was ${count(was, locale)}`;
}

/** Better or worse by the share that failed: more calls alone are neither. Said only where the count moved the same way. */
function verdictOf({ before, ...now }: RuleLine, { minimumN, locale }: SiteView): 'better' | 'worse' | undefined {
  const [rate, past] = [rateOf(now), rateOf(before)];
  if (rate === undefined || past === undefined || now.evaluated < minimumN || before.evaluated < minimumN)
    return undefined;
  return pointsChange(rate, past, locale).verdict;
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

/** The critical rules that failed, each with what it was on the compared day. */
export function criticalViews(
  rules: readonly RuleLine[],
  { locale }: SiteView,
  toCalls: CallLinks,
  toPast: CallLinks,
): DigestView['critical'] {
  return failingRules(rules)
    .filter(({ critical }) => critical)
    .slice(0, CRITICAL_LIMIT)
    .map((rule) => {
      const [failed, was] = [failedOf(rule), failedOf(rule.before)];
      const moved =
        failed === was
          ? ', as many as the week before'
          : `, ${was < failed ? 'up' : 'down'} from ${count(was, locale)}`;
      return {
        name: clean(rule.name),
        failed: `${count(failed, locale)} ${failed === 1 ? 'call' : 'calls'}`,
        change: rule.before.evaluated > 0 ? moved : '',
        href: toCalls({ rule: [rule.id] }),
        pastHref: was > 0 ? toPast({ rule: [rule.id] }) : null,
      };
    });
}
