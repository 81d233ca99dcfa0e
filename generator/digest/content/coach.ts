import type { RuleCounts } from '#shared/counts/cube.ts';
import { agentOf } from '#shared/figures/dataset.ts';
import { count, share } from '#shared/format/format.ts';
import { failedOf, isEnough, rateOf } from '#shared/format/rate.ts';
import type { Report } from '../../report/report.ts';
import type { SpanLinks } from './links.ts';
import { type CoachView, clean } from './view.ts';

/** Pairs of agent and rule that the mail lists. */
const COACH_LIMIT = 3;

interface Pair extends RuleCounts {
  agent: string;
  rule: string;
  /** The same rule, of everybody else in the scope. */
  others: RuleCounts;
}

/**
 * The weakest pairs of agent and rule of the days of a span, with enough calls to say so: whom to coach, and on what.
 * @param withAgents whether to name agents and compare them: not in a digest about one agent
 */
export function toCoach(
  report: Report,
  span: { from: string; to: string },
  toCalls: SpanLinks,
  withAgents: boolean,
): CoachView[] {
  const { site } = report;
  return weakest(report, span)
    .slice(0, COACH_LIMIT)
    .map((pair) => ({
      agent: withAgents ? clean(agentOf(report, pair.agent).name, 80) : null,
      rule: clean(report.rules[pair.rule]?.name ?? pair.rule, 80),
      critical: report.critical.has(pair.rule),
      failed: count(failedOf(pair), site.locale),
      of: `of ${count(pair.evaluated, site.locale)} failed`,
      others: withAgents ? othersInWords(pair.others, report) : null,
      href: toCalls(span, { agent: [pair.agent], rule: [pair.rule] }),
    }));
}

function weakest(report: Report, span: { from: string; to: string }): Pair[] {
  const all = report.sums.all(span).rules;
  const pairs = [...report.sums.agents(span)].flatMap(([agent, { rules }]) =>
    agent === ''
      ? []
      : Object.entries(rules).map(([rule, own]): Pair => ({ agent, rule, ...own, others: rest(all[rule], own) })),
  );
  return pairs
    .filter((pair) => isEnough(report.site.minimumN, pair.evaluated) && failedOf(pair) > 0)
    .sort(
      (a, b) =>
        (rateOf(a) ?? 1) - (rateOf(b) ?? 1) ||
        b.evaluated - a.evaluated ||
        (a.agent + a.rule < b.agent + b.rule ? -1 : 1),
    );
}

const rest = (all: RuleCounts = { evaluated: 0, passed: 0 }, own: RuleCounts): RuleCounts => ({
  evaluated: all.evaluated - own.evaluated,
  passed: all.passed - own.passed,
});

/** "others 12% of 340"; nothing where the others are too few. */
function othersInWords(others: RuleCounts, { site }: Report): string | null {
  const passed = rateOf(others);
  if (passed === undefined || !isEnough(site.minimumN, others.evaluated)) return null;
  return `others ${share(1 - passed, site.locale, 0)} of ${count(others.evaluated, site.locale)}`;
}
