import type { AttentionRules } from '#shared/calls/attention.ts';
import { shownId } from '#shared/calls/shown-id.ts';
import { emptyCell } from '#shared/counts/fold.ts';
import { EVER } from '#shared/counts/sums.ts';
import { agentPage as pageOf, rulesToWorkOn, shownOf, toldBy } from '#shared/figures/agent.ts';
import type { AgentCalls } from '#shared/figures/agent-calls.ts';
import type { Dataset } from '#shared/figures/dataset.ts';
import { teamSums } from '#shared/figures/team-sums.ts';
import type { Call } from '#shared/model.ts';
import { once } from '#shared/once.ts';
import type { AgentPage, RuleExample } from '#shared/view.ts';
import type { AgentWanted } from './agent-calls.ts';
import { lineOf, ruleHref } from './calls.ts';
import type { Report } from './report.ts';

/** Ids of all known agents of all days, sorted. */
export const agentIds = ({ sums }: Report): string[] => [...sums.agents(EVER).keys()].filter((id) => id !== '').sort();

/**
 * What is wanted of single calls, so that no more of them is held while days stream by.
 * @param dataset of agents, or of teams in their place
 */
export const wantedOf = (dataset: Dataset, rules: AttentionRules): AgentWanted => ({
  rulesOf: once((agent: string) => rulesToWorkOn(dataset, agent)),
  by: toldBy(dataset),
  rules,
});

/**
 * @param calls what is shown of the window's calls of this agent
 * @param dataset of agents, or of teams in their place
 * @param teams the same for all pages
 */
export function agentPage(
  report: Report,
  id: string,
  calls: AgentCalls,
  dataset: Dataset = report,
  teams = teamSums(dataset),
): AgentPage {
  const lines = {
    line: (call: Call, reasons?: Parameters<typeof lineOf>[2]) => lineOf(report, call, reasons),
    example: (call: Call, rule: string) => exampleOf(report, call, rule),
  };
  const shown = shownOf(calls, lines, report.attention);
  const { counts } = dataset.sums.agents(EVER).get(id) ?? emptyCell();
  return pageOf(dataset, id, shown, counts.calls, teams);
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
