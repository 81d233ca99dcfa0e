import type { Call } from '../model.ts';
import { type AttentionList, type AttentionRules, addAttention, newestFirst, rankAttention } from './attention.ts';

/** What an agent's page shows of single calls. */
export interface AgentCalls {
  attention: AttentionList;
  newest: Call[];
}

/** Calls that an agent's page lists. */
const NEWEST_LIMIT = 100;
const ATTENTION_LIMIT = 5;

export const noCalls = (): AgentCalls => ({ attention: { total: 0, worst: [] }, newest: [] });

/** Add one day's calls to what is held of each agent: days come newest first, and no more is held than is shown. */
export function addDay(agents: Map<string, AgentCalls>, day: readonly Call[], rules: AttentionRules): void {
  for (const [agent, calls] of Map.groupBy(day, (call) => call.agent)) {
    if (agent === null) continue;
    const { attention, newest } = agents.get(agent) ?? noCalls();
    const room = NEWEST_LIMIT - newest.length;
    agents.set(agent, {
      attention: addAttention(attention, rankAttention(calls, rules), ATTENTION_LIMIT),
      newest: room > 0 ? [...newest, ...calls.toSorted(newestFirst).slice(0, room)] : newest,
    });
  }
}
