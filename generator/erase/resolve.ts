import type { Spool } from '../lib/spool.ts';
import { wantedColumns } from '../source/header.ts';
import { listCalls } from '../source/listing.ts';
import type { Store } from '../store/store.ts';
import type { TenantConfig } from '../tenants/config.ts';
import { findCall, type IdAndSegments, type NamedCall, readCallName, segmentsOf } from './call-name.ts';
import type { KnownCalls } from './known.ts';
import { holdsWord } from './needles.ts';
import {
  holdsId,
  keysNaming,
  pipelineKeysOf,
  recordingsOf,
  type SheetIds,
  sheetIds,
  type Upstream,
} from './upstream.ts';

/** Which call is meant, and where the pipeline's stores still hold it. */
export interface Target {
  call: NamedCall;
  upstream: Upstream;
  /** Ids that are known anywhere and have the call's in them. */
  longer: string[];
}

export interface Sources {
  results: Store;
  /** Recordings; absent: nobody looks for them. */
  input?: Store;
  maskingKey?: string;
}

/**
 * @param given the call's id, its page's path, or the hash in that
 * @param known what the reports store knows
 * @param spool holds what is listed
 */
export async function resolveCall(
  { results, input, maskingKey }: Sources,
  org: string,
  given: string,
  config: TenantConfig,
  known: KnownCalls,
  spool: Spool,
): Promise<Target> {
  const listing = await listCalls(results, org, true, spool);
  const wanted = wantedColumns(config);
  const sheets = new Map<string, SheetIds>();
  for (const key of listing.sheets.keys()) sheets.set(key, await sheetIds(results, `${org}/${key}`, wanted));

  async function* everyCall(): AsyncGenerator<IdAndSegments> {
    for await (const { id, segment } of known.calls) yield { id, segments: [segment] };
    for await (const { id } of listing.calls) yield { id, segments: segmentsOf(org, id, maskingKey) };
    for (const { rows } of sheets.values())
      for (const id of rows.keys()) yield { id, segments: segmentsOf(org, id, maskingKey) };
  }
  const found = await findCall(readCallName(given), everyCall);
  const { id } = found;
  if (id === undefined) return { call: found, upstream: { keys: [], rows: [], recordings: [] }, longer: [] };

  const longer = new Set<string>();
  for await (const each of everyCall()) if (each.id !== id && holdsWord(each.id, id, [])) longer.add(each.id);
  const segments = [...new Set([...found.segments, ...segmentsOf(org, id, maskingKey)])];
  const rows: Upstream['rows'] = [];
  for (const [key, sheet] of sheets) {
    const own = sheet.rows.get(id) ?? [];
    const isHeld = own.length > 0 || (!sheet.isWhole && (await holdsId(results, `${org}/${key}`, id)));
    if (isHeld) rows.push({ key: `${org}/${key}`, rows: own });
  }
  const recordings = input ? await recordingsOf(input, org, id) : [];
  const keys = await keysNaming(listing, org, id);
  const pipeline = await pipelineKeysOf(results, org, id);
  const upstream = { keys, rows, recordings, ...(pipeline.length > 0 && { pipeline }) };
  return { call: { id, segments }, upstream, longer: [...longer] };
}
