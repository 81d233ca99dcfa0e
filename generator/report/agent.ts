import type { Range } from '#shared/calendar/range.ts';
import { reasonsOf } from '#shared/calls/attention.ts';
import { shownId } from '#shared/calls/shown-id.ts';
import type { Cell } from '#shared/counts/cube.ts';
import { emptyCell } from '#shared/counts/fold.ts';
import { EVER } from '#shared/counts/sums.ts';
import { agentOf } from '#shared/figures/dataset.ts';
import { agentLead } from '#shared/figures/lead.ts';
import { ruleLines } from '#shared/figures/rules.ts';
import { totals } from '#shared/figures/totals.ts';
import { type CallFilter, callsHref } from '#shared/filter/filter.ts';
import { failedOf } from '#shared/format/rate.ts';
import type { Call } from '#shared/model.ts';
import type { AgentPage, RuleExample, RuleLine, Totals } from '#shared/view.ts';
import { agentPath } from '../lib/paths.ts';
import type { AgentCalls, AgentWanted } from './agent-calls.ts';
import { agentWeeks, weeksTo } from './agent-weeks.ts';
import { lineOf, ruleHref } from './calls.ts';
import type { Report } from './report.ts';
import { teamSums } from './team-sums.ts';

/** Ids of all known agents of all days, sorted. */
export const agentIds = ({ sums }: Report): string[] => [...sums.agents(EVER).keys()].filter((id) => id !== '').sort();

/** What an agent did in a span. */
const ownIn = ({ sums }: Report, id: string, span: Range | undefined): Cell => sums.agents(span).get(id) ?? emptyCell();

/** Rules that an agent's page tells to work on. */
const WORK_ON_LIMIT = 3;

/** The agent's rules of the window, weakest first, against the own past and the team. */
function rulesOf(report: Report, id: string, team?: Cell): RuleLine[] {
  const { window } = report;
  return ruleLines(report, ownIn(report, id, window), ownIn(report, id, window?.before), undefined, team);
}

/** The rules with what came of each by week of the period. */
function withWeeks(report: Report, id: string, rules: readonly RuleLine[]): RuleLine[] {
  const { window, first } = report;
  if (!window || first === undefined) return [...rules];
  const [, start = first] = [window.from, first].sort();
  const weekly = weeksTo(window.to, start, Number.POSITIVE_INFINITY).map((span) => ({
    span,
    counts: ownIn(report, id, span).rules,
  }));
  return rules.map((rule) => ({
    ...rule,
    byWeek: weekly.map(({ span, counts }) => ({ ...span, ...(counts[rule.id] ?? { evaluated: 0, passed: 0 }) })),
  }));
}

/** The weakest rules of those that were checked often enough to say so. */
const weakest = (rules: readonly RuleLine[], minimumN: number): RuleLine[] =>
  rules.filter((rule) => rule.evaluated >= minimumN && failedOf(rule) > 0).slice(0, WORK_ON_LIMIT);

/** What is wanted of single calls, so that no more of them is held while days stream by. */
export function wantedOf(report: Report): AgentWanted {
  const known = new Map<string, string[]>();
  return {
    rulesOf(agent) {
      const rules = known.get(agent) ?? weakest(rulesOf(report, agent), report.config.minimumN).map(({ id }) => id);
      known.set(agent, rules);
      return rules;
    },
    by: report.site.hasQa ? 'score' : 'sentiment',
    rules: report.attention,
  };
}

/**
 * @param calls what is shown of the window's calls of this agent
 * @param teams the same for all pages
 */
export function agentPage(report: Report, id: string, calls: AgentCalls, teams = teamSums(report)): AgentPage {
  const { site, window, columns, config } = report;
  const agent = agentOf(report, id);
  const [now, before] = [ownIn(report, id, window), ownIn(report, id, window?.before)];
  const teamIn = teams(agent.team);
  const team = teamIn(window);
  const isAlone = team.counts.calls === now.counts.calls;
  const figures = totals(now.counts, columns);
  const figuresBefore = totals(before.counts, columns);
  const teamTotals = isAlone ? undefined : totals(team.counts, columns);
  const rules = withWeeks(report, id, rulesOf(report, id, isAlone ? undefined : team));
  const named =
    agent.team !== undefined && teamTotals
      ? {
          name: agent.team,
          totals: teamTotals,
          href: (filter: CallFilter) => callsHref({ ...filter, team: [agent.team as string] }),
        }
      : undefined;
  const links = (filter: CallFilter) => callsHref({ ...filter, agent: [id] });
  return {
    kind: 'agent',
    path: agentPath(id),
    title: agent.name,
    site,
    agent,
    window,
    lead: window ? agentLead(site, window, figures, figuresBefore, named, rules, links) : [],
    totals: figures,
    before: figuresBefore,
    team: teamTotals,
    weeks: agentWeeks(report, id, isAlone ? undefined : teamIn),
    rules,
    workOn: weakest(rules, config.minimumN).map((rule) => ({
      rule,
      examples: (calls.failed[rule.id] ?? []).map((call) => exampleOf(report, call, rule.id)),
    })),
    bestAndWorst: bestAndWorst(report, figures, calls),
    attention: {
      total: calls.attention.total,
      calls: calls.attention.worst.map(({ call, reasons }) => lineOf(report, call, reasons)),
    },
    calls: calls.newest.map((call) => lineOf(report, call)),
    callCount: ownIn(report, id, EVER).counts.calls,
    trust: report.trust,
  };
}

function exampleOf(report: Report, call: Call, rule: string): RuleExample {
  const result = call.rules.find((each) => each.rule === rule);
  return {
    href: ruleHref(report.attention, call, rule),
    id: shownId(call),
    day: call.day,
    started: call.started,
    durationSeconds: call.durationSeconds,
    coachNote: result?.coachNote,
    evidence: result?.evidence,
  };
}

function bestAndWorst(report: Report, figures: Totals, { best, worst }: AgentCalls): AgentPage['bestAndWorst'] {
  const n = (report.site.hasQa ? figures.qaEvaluated : figures.sentimentAnalysed) ?? 0;
  if (!best || !worst || best.id === worst.id || n < report.config.minimumN) return undefined;
  return {
    best: lineOf(report, best, reasonsOf(best, report.attention)),
    worst: lineOf(report, worst, reasonsOf(worst, report.attention)),
  };
}
