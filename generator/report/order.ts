import { byShownId } from '#shared/calls/shown-id.ts';
import type { AgentOrder, DayOrder } from '#shared/columns/order.ts';
import type { Cube } from '#shared/counts/cube.ts';
import type { Call } from '#shared/model.ts';
import { callPath } from '../lib/paths.ts';

/** Of each agent of a day: the nearest days, earlier and later, with calls of the same agent. */
export type DayEdges = { [agent: string]: Pick<AgentOrder, 'before' | 'after'> };

/** @param days oldest first */
export function edgesByDay(days: ReadonlyMap<string, Cube>): Map<string, DayEdges> {
  const edges = new Map<string, DayEdges>();
  const last = new Map<string, string>();
  for (const [day, { agents }] of days) {
    const own = Object.create(null) as DayEdges;
    for (const agent of Object.keys(agents)) {
      const before = last.get(agent);
      own[agent] = { before };
      const earlier = before === undefined ? undefined : edges.get(before)?.[agent];
      if (earlier) earlier.after = day;
      last.set(agent, day);
    }
    edges.set(day, own);
  }
  return edges;
}

/**
 * `data/order/<day>.json`: which call comes before and after which, and who called again. It is in no page: a call's page would have to be made again,
 * and its transcript read again, for each call that comes after it.
 */
export function orderData(calls: readonly Call[], edges: DayEdges, callers: DayOrder['callers']): DayOrder {
  const agents = Object.create(null) as DayOrder['agents'];
  const byStart = calls.toSorted((a, b) =>
    a.started === b.started ? byShownId(a, b) : (a.started ?? '') < (b.started ?? '') ? -1 : 1,
  );
  for (const call of byStart) {
    const { agent, started, day } = call;
    const own = agent ?? '';
    agents[own] ??= { calls: [], ...edges[own] };
    agents[own].calls.push([callPath(call), started ?? day ?? '']);
  }
  return { agents, callers };
}
