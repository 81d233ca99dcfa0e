import { compareIds } from '../source/call-order.ts';
import type { CallEntry, KnownCall } from './known-call.ts';

/** What the first version remembered, all calls in one object. It is read to compare with, and replaced by whoever publishes. */
export interface FirstState {
  version: 1;
  fingerprint: string;
  calls: { [id: string]: KnownCall };
}

/** Its calls in the order of calls. */
export const callsOfFirst = ({ calls }: FirstState): CallEntry[] =>
  Object.entries(calls)
    .map(([id, known]): CallEntry => ({ id, known }))
    .sort((a, b) => compareIds(a.id, b.id));
