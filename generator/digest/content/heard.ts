import { type AttentionList, addAttention, rankAttention } from '#shared/calls/attention.ts';
import type { Call } from '#shared/model.ts';
import type { Report } from '../../report/report.ts';
import { inScope, type Scope } from '../recipients/scope.ts';
import { CALL_LIMIT } from './calls.ts';

/** The calls of some days that need attention, by agent; null: unknown. */
export type HeardByAgent = ReadonlyMap<string | null, AttentionList>;

const NONE: AttentionList = { total: 0, worst: [] };

/**
 * What of some days' calls needs attention, with no more of each agent's calls than a mail lists: of whatever scope, the worst are among them.
 * @param callsOf reads the calls of one day; one day is held at a time
 */
export async function heardIn(
  report: Report,
  days: readonly string[],
  callsOf: (day: string) => Promise<readonly Call[]>,
): Promise<HeardByAgent> {
  let heard: HeardByAgent = new Map();
  for (const day of days) heard = withHeard(heard, report, await callsOf(day));
  return heard;
}

/** The same with further calls. */
export function withHeard(heard: HeardByAgent, report: Report, calls: readonly Call[]): HeardByAgent {
  const ranked = Map.groupBy(rankAttention(calls, report.attention), ({ call }) => call.agent);
  const own = [...ranked].map(
    ([agent, of]) => [agent, addAttention(heard.get(agent) ?? NONE, of, CALL_LIMIT)] as const,
  );
  return new Map([...heard, ...own]);
}

/** The same of the agents of a scope together. */
export function heardOf(report: Report, scope: Scope, heard: HeardByAgent): AttentionList {
  const isWanted = inScope(report.config, scope);
  const own = [...heard].filter(([agent]) => isWanted(agent)).map(([, list]) => list);
  return own.reduce((sum, { total, worst }) => {
    const { worst: both } = addAttention(sum, worst, CALL_LIMIT);
    return { total: sum.total + total, worst: both };
  }, NONE);
}
