import { moved } from '../lib/moved.ts';
import type { FetchedCall } from '../source/fetch.ts';
import { type RecordedCalls, recordCalls, type TenantTerms } from './record-calls.ts';

/** One batch of calls. Plain data: it crosses threads. */
export interface FetchedBatch {
  calls: FetchedCall[];
  terms: TenantTerms;
}

/** One batch in a thread of the pool. */
export default ({ calls, terms }: FetchedBatch): RecordedCalls => {
  const recorded = recordCalls(calls, terms);
  return moved(recorded, [recorded.bytes.buffer]);
};
