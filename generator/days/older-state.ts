import { compareIds } from '../source/call-order.ts';
import type { CallBlocks, CallEntry, KnownCall } from './known-call.ts';
import { callsOf, type RangeReader, type StateRange } from './ranges.ts';

/** What earlier versions remembered. It is read to compare with, and replaced by whoever publishes. */
export type OlderState = FirstState | SecondState;

/** All calls in one object. */
export interface FirstState {
  version: 1;
  fingerprint: string;
  calls: { [id: string]: KnownCall };
}

/** Calls in ranges, and all that days come to beside them. */
interface SecondState {
  version: 2;
  fingerprint: string;
  ranges: StateRange[];
}

/** Its calls in the order of calls. @param read its ranges, where it has such */
export function callsOfOlder(state: OlderState, read: RangeReader): CallBlocks {
  if (state.version === 2) return callsOf(read, state.ranges);
  const calls = Object.entries(state.calls).map(([id, known]): CallEntry => ({ id, known }));
  return [calls.sort((a, b) => compareIds(a.id, b.id))];
}
