import { UNDATED } from '#shared/counts/fold.ts';
import { dayLine, type KnownCall } from './days/state.ts';
import type { ReadCall } from './days/update.ts';
import { encodeText } from './lib/bytes.ts';
import type { Log } from './lib/console.ts';
import { mapConcurrent } from './lib/map-concurrent.ts';
import { say } from './lib/printable.ts';
import type { Spool } from './lib/spool.ts';
import { counted } from './lib/words.ts';
import { type Normalized, normalizeCall } from './normalize/call.ts';
import type { Mask } from './normalize/mask.ts';
import type { Listing, Objects } from './source/listing.ts';
import { type RawCall, readCall } from './source/read.ts';
import type { RowReader } from './source/sheets.ts';
import type { Store } from './store/store.ts';
import type { TenantConfig } from './tenants/config.ts';

/** Where calls are read from, how they are understood, and where they are put. */
export interface CallSource {
  results: Store;
  org: string;
  listing: Listing;
  rowOf: RowReader;
  config: TenantConfig;
  mask?: Mask;
  spool: Spool;
  log: Log;
}

/** Read and normalize some calls, a bounded number at once; none is held. */
export async function readCalls(source: CallSource, ids: readonly string[]): Promise<Map<string, ReadCall>> {
  const { results, org, listing, rowOf, config, mask, spool, log } = source;
  if (ids.length === 0) return new Map();
  return log.step(
    say`read calls`,
    async (progress) => {
      let done = 0;
      const bytesOf = (id: string) => sizeOf(listing.calls.get(id));
      const calls = await mapConcurrent(
        ids,
        async (id) => {
          const raw = await readCall(results, org, id, listing.calls.get(id) ?? {}, rowOf);
          const normalized = normalizeCall(raw, config, mask);
          const call: ReadCall = { id, known: knownCall(raw, normalized) };
          if (normalized.kind === 'call') {
            call.line = await spool.put(encodeText(dayLine(normalized.call)));
            call.turns = await spool.put(encodeText(JSON.stringify(normalized.turns)));
          }
          progress(++done, ids.length);
          return [id, call] as const;
        },
        bytesOf,
      );
      return new Map(calls);
    },
    (calls) => {
      const refused = [...calls.values()].reduce((sum, { known }) => sum + (known.refused?.length ?? 0), 0);
      return say`${counted(calls.size, 'call')}${refused > 0 ? `, ${counted(refused, 'object')} refused` : ''}`;
    },
  );
}

/** Bytes of a call's objects as listed. */
const sizeOf = (objects: Objects = {}): number => Object.values(objects).reduce((sum, { size }) => sum + size, 0);

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
