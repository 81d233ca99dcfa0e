import type { AttentionRules } from '#shared/calls/attention.ts';
import { type AgentCalls, addCalls, EXAMPLES, noCalls, type WantedCalls } from '#shared/figures/agent-calls.ts';
import type { Call } from '#shared/model.ts';

/** What is wanted of each agent's calls. */
export interface AgentWanted {
  /** Rules whose notes and quotes are shown. */
  rulesOf: (agent: string) => readonly string[];
  by: WantedCalls<Call>['by'];
  rules: AttentionRules;
}

/**
 * Add one day's calls to what is held of each agent, or of each team: days come newest first, and no more is held than is shown.
 * @param whose null or undefined: of nobody who has a page
 */
export function addDay(
  agents: Map<string, AgentCalls>,
  day: readonly Call[],
  { rulesOf, by, rules }: AgentWanted,
  whose: (call: Call) => string | null | undefined = ({ agent }) => agent,
): void {
  for (const [agent, calls] of Map.groupBy(day, whose)) {
    if (agent === null || agent === undefined) continue;
    const held = agents.get(agent) ?? noCalls();
    addCalls(held, calls, { rules: rulesOf(agent), by, attention: rules, shows: showsFailure, examples: EXAMPLES });
    agents.set(agent, held);
  }
}

const showsFailure = ({ rules }: Call, wanted: string): boolean =>
  rules.some(
    ({ rule, pass, coachNote, evidence }) => rule === wanted && pass === false && Boolean(coachNote || evidence),
  );
