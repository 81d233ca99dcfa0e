import {
  type AttentionList,
  type AttentionRules,
  addAttention,
  newestFirst,
  rankAttention,
} from '#shared/calls/attention.ts';
import type { Call } from '#shared/model.ts';

/** What an agent's page shows of single calls. */
export interface AgentCalls {
  attention: AttentionList;
  newest: Call[];
  /** Rule → the newest calls on which it failed with something to show: a coach note or a quote. */
  failed: { [rule: string]: Call[] };
  best?: Call;
  worst?: Call;
}

/** What is wanted of each agent's calls. */
export interface AgentWanted {
  /** Rules whose notes and quotes are shown. */
  rulesOf: (agent: string) => readonly string[];
  /** What the best and the worst call are told by. */
  by: 'score' | 'sentiment';
  rules: AttentionRules;
}

/** Calls that an agent's page lists; a link opens all. */
export const NEWEST_LIMIT = 25;
const ATTENTION_LIMIT = 5;
/** Calls behind each rule to work on. */
const FAILED_LIMIT = 2;

export const noCalls = (): AgentCalls => ({
  attention: { total: 0, worst: [] },
  newest: [],
  failed: Object.create(null) as AgentCalls['failed'],
});

/** Add one day's calls to what is held of each agent: days come newest first, and no more is held than is shown. */
export function addDay(
  agents: Map<string, AgentCalls>,
  day: readonly Call[],
  { rulesOf, by, rules }: AgentWanted,
): void {
  for (const [agent, unsorted] of Map.groupBy(day, (call) => call.agent)) {
    if (agent === null) continue;
    const calls = unsorted.toSorted(newestFirst);
    const held = agents.get(agent) ?? noCalls();
    held.attention = addAttention(held.attention, rankAttention(calls, rules), ATTENTION_LIMIT);
    held.newest = [...held.newest, ...calls.slice(0, Math.max(0, NEWEST_LIMIT - held.newest.length))];
    for (const rule of rulesOf(agent)) {
      const known = held.failed[rule] ?? [];
      if (known.length < FAILED_LIMIT)
        held.failed[rule] = [...known, ...calls.filter((call) => showsFailure(call, rule))].slice(0, FAILED_LIMIT);
    }
    for (const call of calls) {
      const figure = figureOf(call, by);
      if (figure === undefined) continue;
      if (!held.best || figure > (figureOf(held.best, by) as number)) held.best = call;
      if (!held.worst || figure < (figureOf(held.worst, by) as number)) held.worst = call;
    }
    agents.set(agent, held);
  }
}

const showsFailure = ({ rules, tooShort }: Call, wanted: string): boolean =>
  !tooShort &&
  rules.some(({ rule, pass, coachNote, evidence }) => rule === wanted && pass === false && (coachNote || evidence));

const figureOf = (call: Call, by: AgentWanted['by']): number | undefined =>
  call.tooShort ? undefined : by === 'score' ? call.score : call.sentiment?.score;
