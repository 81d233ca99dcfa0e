import { fileURLToPath } from 'node:url';
import type { CallChange, Changes } from '../days/compare.ts';
import type { KnownCall } from '../days/known-call.ts';
import type { ReadCall } from '../days/update.ts';
import { batchesOf } from '../lib/batches.ts';
import type { Log, Progress } from '../lib/console.ts';
import { allDone, streamConcurrent } from '../lib/map-concurrent.ts';
import { type Pool, WORTH_THREADS } from '../lib/pool.ts';
import { say } from '../lib/printable.ts';
import type { Slice, Spool } from '../lib/spool.ts';
import { type SpooledList, spooledList } from '../lib/spooled.ts';
import { counted } from '../lib/words.ts';
import { callTerms } from '../normalize/terms.ts';
import { type FetchedCall, fetchCall } from '../source/fetch.ts';
import type { Etags } from '../source/listing.ts';
import type { RowReader } from '../source/sheets.ts';
import type { Store } from '../store/store.ts';
import { gather } from './gather.ts';
import { type RecordedCall, type RecordedCalls, recordCalls, type TenantTerms } from './record-calls.ts';
import type { FetchedBatch } from './worker.ts';

/** Where calls are read from, how they are understood, and where they are put. */
export interface CallSource {
  results: Store;
  org: string;
  rowOf: RowReader;
  terms: TenantTerms;
  spool: Spool;
  /** Understands many calls at once; absent: this thread does. */
  pool?: Pool;
  log: Log;
}

const WORKER = fileURLToPath(new URL('./worker.ts', import.meta.url));
/** Calls that are fetched and understood together, and the bytes of their objects from which on a batch is full. */
const BATCH_CALLS = 16;
const BATCH_BYTES = 1024 * 1024;
/** Batches that are fetched at once, while threads have theirs. */
const FETCHED_AT_ONCE = 4;

/** Read and normalize some calls, a bounded number at once; none is held. Of those that are gone nothing is read. */
export async function readCalls(source: CallSource, changes: Changes): Promise<SpooledList<ReadCall>> {
  const { log, spool } = source;
  const pool = changes.toRead < WORTH_THREADS ? undefined : source.pool;
  const calls = spooledList<ReadCall>(spool);
  const batches = batchesOf(changes.calls, { most: BATCH_CALLS, bytes: BATCH_BYTES, bytesOf: sizeOf });
  const read = async (progress: Progress) => {
    let refused = 0;
    const atOnce = FETCHED_AT_ONCE + (pool?.width ?? 0);
    for await (const batch of streamConcurrent(batches, (some) => readBatch(source, pool, some), sizeOfAll, atOnce)) {
      for (const call of batch) {
        refused += call.known?.refused?.length ?? 0;
        await calls.push(call);
        progress(calls.length, changes.calls.length);
      }
    }
    return refused;
  };
  if (changes.toRead === 0) await read(() => {});
  else
    await log.step(
      say`read calls`,
      read,
      (refused) =>
        say`${counted(changes.toRead, 'call')}${refused > 0 ? `, ${counted(refused, 'object')} refused` : ''}`,
      'calls',
    );
  return calls;
}

async function readBatch(source: CallSource, pool: Pool | undefined, changes: readonly CallChange[]) {
  const { results, org, rowOf, terms, spool } = source;
  const fetched = await allDone(
    ...changes.map(async ({ id, objects }) => objects && fetchCall(results, org, id, objects, rowOf)),
  );
  const recorded = await recordAll(
    fetched.flatMap((each) => each?.call ?? []),
    terms,
    pool,
  );
  const { offset } = await spool.put(recorded.bytes);
  const records = placed(recorded.calls, offset).values();
  return changes.map(({ id, before }, i): ReadCall => {
    const { call, etags } = fetched[i] ?? {};
    if (!call || !etags) return { id, before };
    const { known, ...slices } = records.next().value as PlacedRecord;
    return { id, before, known: withEtags(known, etags, call.modified), ...slices };
  });
}

async function recordAll(calls: FetchedCall[], terms: TenantTerms, pool: Pool | undefined): Promise<RecordedCalls> {
  if (!pool || calls.length === 0) return recordCalls(calls, terms);
  const { buffer, ...own } = gather(calls);
  const sent = { ...terms, config: callTerms(terms.config) };
  return pool.run<FetchedBatch, RecordedCalls>(WORKER, { ...own, terms: sent }, [buffer]);
}

interface PlacedRecord extends Pick<RecordedCall, 'known'> {
  line?: Slice;
  turns?: Slice;
  terms?: Slice;
}

/** @param start where their bytes begin in the spool */
function placed(calls: readonly RecordedCall[], start: number): PlacedRecord[] {
  let end = start;
  const slice = (length: number): Slice => {
    const offset = end;
    end += length;
    return { offset, length };
  };
  return calls.map(({ known, line, turns, terms }) =>
    line === undefined || turns === undefined || terms === undefined
      ? { known }
      : { known, line: slice(line), turns: slice(turns), terms: slice(terms) },
  );
}

/** Bytes of a call's objects as listed. */
const sizeOf = ({ objects = {} }: CallChange): number =>
  Object.values(objects).reduce((sum, { size }) => sum + size, 0);

const sizeOfAll = (changes: readonly CallChange[]): number => changes.reduce((sum, change) => sum + sizeOf(change), 0);

function withEtags(known: RecordedCall['known'], etags: Etags, modified: number | undefined): KnownCall {
  return { etags, ...known, ...(modified !== undefined && etags.calls !== undefined && { modified }) };
}
