import { openSpool } from '../lib/spool.ts';
import { wantedColumns } from '../source/header.ts';
import { listCalls } from '../source/listing.ts';
import type { Store } from '../store/store.ts';
import type { TenantConfig } from '../tenants/config.ts';
import { findCall, type NamedCall, readCallName, segmentsOf } from './call-name.ts';
import type { KnownCalls } from './known.ts';
import {
  holdsId,
  keysNaming,
  type ListedCalls,
  recordingsOf,
  type SheetIds,
  sheetIds,
  type Upstream,
} from './upstream.ts';

/** Which call is meant, and where the pipeline's stores still hold it. */
export interface Target {
  call: NamedCall;
  upstream: Upstream;
  /** Ids of all calls that are known anywhere. */
  ids: Set<string>;
}

export interface Sources {
  results: Store;
  /** Recordings; absent: nobody looks for them. */
  input?: Store;
  maskingKey?: string;
}

/** Everything that is listed, held: one call is looked for by whatever it may be called. */
async function listAll(results: Store, org: string): Promise<ListedCalls> {
  await using spool = await openSpool();
  const { calls, sheets, ignored } = await listCalls(results, org, true, spool);
  const held: ListedCalls = { calls: new Map(), sheets: [...sheets.keys()], ignored };
  for await (const { id, objects } of calls) held.calls.set(id, objects);
  return held;
}

/**
 * @param given the call's id, its page's path, or the hash in that
 * @param known what the reports store knows
 */
export async function resolveCall(
  { results, input, maskingKey }: Sources,
  org: string,
  given: string,
  config: TenantConfig,
  known: KnownCalls,
): Promise<Target> {
  const listing = await listAll(results, org);
  const wanted = wantedColumns(config);
  const sheets = new Map<string, SheetIds>();
  for (const key of listing.sheets) sheets.set(key, await sheetIds(results, `${org}/${key}`, wanted));

  const ids = new Set([...listing.calls.keys(), ...[...sheets.values()].flatMap(({ rows }) => [...rows.keys()])]);
  const calls = new Map<string, ReadonlySet<string>>(known.calls);
  for (const id of ids) calls.set(id, new Set([...(known.calls.get(id) ?? []), ...segmentsOf(org, id, maskingKey)]));
  const found = findCall(readCallName(given), calls);
  const { id } = found;
  for (const each of known.calls.keys()) ids.add(each);
  if (id === undefined) return { call: found, upstream: { keys: [], rows: [], recordings: [] }, ids };

  const segments = [...new Set([...found.segments, ...segmentsOf(org, id, maskingKey)])];
  const rows: Upstream['rows'] = [];
  for (const [key, sheet] of sheets) {
    const own = sheet.rows.get(id) ?? [];
    const isHeld = own.length > 0 || (!sheet.isWhole && (await holdsId(results, `${org}/${key}`, id)));
    if (isHeld) rows.push({ key: `${org}/${key}`, rows: own });
  }
  const recordings = input ? await recordingsOf(input, org, id) : [];
  return { call: { id, segments }, upstream: { keys: keysNaming(listing, org, id), rows, recordings }, ids };
}
