import { usualPath } from '../columns/calls.ts';
import {
  type IdColumn,
  type NumberColumn,
  packIds,
  packNumbers,
  packTexts,
  type TextColumn,
  unpackIds,
  unpackNumbers,
  unpackTexts,
} from '../columns/columns.ts';

/** A call as hits are shown before its page is read. */
export interface FoundCall {
  /** As it is shown. */
  id: string;
  path: string; // e.g., "/calls/c01/"
  /** ISO 8601 in UTC. */
  started?: string;
  /** Identity of the agent; null: unknown. */
  agent: string | null;
}

/** Some calls of a segment, in the order of their places. */
export interface SegmentCalls {
  ids: IdColumn;
  /** Paths that do not follow from the id, by place in this file. */
  paths: [place: number, path: string][];
  /** Milliseconds since the epoch. */
  started: NumberColumn;
  agent: TextColumn;
}

/** Calls a file: few hits that lie far apart cost a file each. */
export const CALLS_A_FILE = 64;

export const encodeFound = (calls: readonly FoundCall[]): SegmentCalls => ({
  ids: packIds(calls.map(({ id }) => id)),
  paths: calls.flatMap(({ id, path }, place) => (path === usualPath(id) ? [] : [[place, path] as [number, string]])),
  started: packNumbers(
    calls.map(({ started }) => (started === undefined ? undefined : Date.parse(started))),
    true,
  ),
  agent: packTexts(calls.map(({ agent }) => agent ?? undefined)),
});

export function decodeFound({ ids, paths, started, agent }: SegmentCalls): FoundCall[] {
  const own = new Map(paths);
  const starts = unpackNumbers(started);
  const agents = unpackTexts(agent);
  return unpackIds(ids).map((id, place): FoundCall => {
    const start = starts[place];
    return {
      ...{ id, path: own.get(place) ?? usualPath(id), agent: agents[place] ?? null },
      ...(start !== undefined && { started: new Date(start).toISOString() }),
    };
  });
}
