import type { Call, Remark } from '#shared/model.ts';
import type { Etags } from '../source/listing.ts';
import type { Refused } from '../source/refusals.ts';

/** What is remembered of one call's objects. */
export interface KnownCall {
  etags: Etags;
  /** When the store received its `calls/` object, in milliseconds since the epoch: it stays as it was read with that ETag. */
  modified?: number;
  /** Day file in which the call lies; absent where its objects make no call. */
  day?: string; // e.g., "2026-03-30" or "undated"
  kind: 'call' | 'transcribed' | 'qa without call' | 'nothing';
  /** See `Call`. */
  alias?: Call['alias'];
  refused?: Refused[];
  remarks?: Remark[];
}

/** One call of a state. */
export interface CallEntry {
  id: string;
  known: KnownCall;
}

/** Some of the calls of a state, in the order of calls, many at once. */
export type CallBlocks = AsyncIterable<readonly CallEntry[]> | Iterable<readonly CallEntry[]>;

/** Whether there is anything to tell of it: something was refused, or remarked. */
export const isNoted = ({ refused, remarks }: KnownCall): boolean => refused !== undefined || remarks !== undefined;

/** A call's line in its range of the state: the same call, the same text. Without its line break. */
export function entryLine({ id, known }: CallEntry): string {
  const { kind, day, alias, modified, etags, refused, remarks } = known;
  const { calls, enriched, metadata, qa, row } = etags;
  return JSON.stringify({
    ...{ id, kind, day, alias, modified },
    ...{ etags: { calls, enriched, metadata, qa, row }, refused, remarks },
  });
}

export function parseEntry(line: string): CallEntry {
  const { id, ...known } = JSON.parse(line) as KnownCall & { id: string };
  return { id, known };
}
