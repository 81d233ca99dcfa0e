import { UNDATED } from '#shared/counts/fold.ts';
import type { CallChange, Changes } from './days/compare.ts';
import type { KnownCall } from './days/known-call.ts';
import { dayLine } from './days/state.ts';
import type { ReadCall } from './days/update.ts';
import { encodeText } from './lib/bytes.ts';
import type { Log, Progress } from './lib/console.ts';
import { streamConcurrent } from './lib/map-concurrent.ts';
import { say } from './lib/printable.ts';
import type { Spool } from './lib/spool.ts';
import { type SpooledList, spooledList } from './lib/spooled.ts';
import { counted } from './lib/words.ts';
import { type Normalized, normalizeCall } from './normalize/call.ts';
import type { Mask } from './normalize/mask.ts';
import { type RawCall, readCall } from './source/read.ts';
import type { RowReader } from './source/sheets.ts';
import type { Store } from './store/store.ts';
import type { TenantConfig } from './tenants/config.ts';

/** Where calls are read from, how they are understood, and where they are put. */
export interface CallSource {
  results: Store;
  org: string;
  rowOf: RowReader;
  config: TenantConfig;
  mask?: Mask;
  spool: Spool;
  log: Log;
}

/** Read and normalize some calls, a bounded number at once; none is held. Of those that are gone nothing is read. */
export async function readCalls(source: CallSource, changes: Changes): Promise<SpooledList<ReadCall>> {
  const { log, spool } = source;
  const calls = spooledList<ReadCall>(spool);
  const read = async (progress: Progress) => {
    let refused = 0;
    for await (const call of streamConcurrent(changes.calls, (change) => readOne(source, change), sizeOf)) {
      refused += call.known?.refused?.length ?? 0;
      await calls.push(call);
      progress(calls.length, changes.calls.length);
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
    );
  return calls;
}

async function readOne(
  { results, org, rowOf, config, mask, spool }: CallSource,
  { id, objects, before }: CallChange,
): Promise<ReadCall> {
  if (!objects) return { id, before };
  const raw = await readCall(results, org, id, objects, rowOf);
  const normalized = normalizeCall(raw, config, mask);
  const call: ReadCall = { id, before, known: knownCall(raw, normalized) };
  if (normalized.kind === 'call') {
    call.line = await spool.put(encodeText(dayLine(normalized.call)));
    call.turns = await spool.put(encodeText(JSON.stringify(normalized.turns)));
  }
  return call;
}

/** Bytes of a call's objects as listed. */
const sizeOf = ({ objects = {} }: CallChange): number =>
  Object.values(objects).reduce((sum, { size }) => sum + size, 0);

function knownCall({ etags, modified }: RawCall, normalized: Normalized): KnownCall {
  const { kind, refused } = normalized;
  const known: KnownCall = { etags, kind };
  if (modified !== undefined && etags.calls !== undefined) known.modified = modified;
  if (refused.length > 0) known.refused = refused;
  if (normalized.kind !== 'call') return known;
  known.day = normalized.call.day ?? UNDATED;
  if (normalized.call.alias) known.alias = normalized.call.alias;
  if (normalized.remarks.length > 0) known.remarks = normalized.remarks;
  return known;
}
