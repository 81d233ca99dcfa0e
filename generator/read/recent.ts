import type { Call } from '#shared/model.ts';
import { silentLog } from '../lib/console.ts';
import { mapConcurrent } from '../lib/map-concurrent.ts';
import type { Spool } from '../lib/spool.ts';
import { normalizeCall } from '../normalize/call.ts';
import { phraseFinder } from '../normalize/phrases.ts';
import { fetchCall } from '../source/fetch.ts';
import { wantedColumns } from '../source/header.ts';
import { type ListedCall, type Listing, listCalls } from '../source/listing.ts';
import { readCall } from '../source/read.ts';
import { openSheets, type Sheets } from '../source/sheets.ts';
import type { Store } from '../store/store.ts';
import type { TenantConfig } from '../tenants/config.ts';

/** What the listing of an organization's input tells, and its newest calls. Of a large organization only these are read. */
export interface RecentInput {
  /** Calls that are there as JSONL or as a row that was read. */
  calls: number;
  /** When calls came, in milliseconds since the epoch, in order; those of which nothing tells are not among them. */
  arrivals: number[];
  /** When transcripts were written whose call has no analysis, in order. */
  transcribed: number[];
  /** Transcripts without an analysis; undefined where a sheet that was not read may have it. */
  waiting?: number;
  /** The newest calls, newest first; with `phrases` where some are configured. */
  newest: Call[];
  /** Of the newest, those of which nothing could be read. */
  unread: number;
  /** Sheets that were too large to be read. */
  sheetsLeftOut: number;
}

/** Calls that are read. */
const MOST_CALLS = 300;
/** Bytes of sheets that are read, newest first, and their rows that are looked at. */
const MOST_SHEET_BYTES = 64 * 1024 * 1024;
const MOST_ROWS = 5_000;

/** @param spool holds the listing */
export async function readRecent(
  results: Store,
  org: string,
  config: TenantConfig,
  spool: Spool,
): Promise<RecentInput> {
  const listing = await listCalls(results, org, false, spool);
  const { small, leftOut } = smallSheets(listing);
  const source = { results, org, listing: { ...listing, sheets: small }, spool, log: silentLog };
  const sheets = await openSheets(source, {}, wantedColumns(config));
  const rows = new Set(sheets.rows.map(({ id }) => id));
  const newest: ListedCall[] = [];
  const [arrivals, transcribed]: [number[], number[]] = [[], []];
  let [calls, waiting] = [0, 0];
  for await (const block of listing.calls.blocks()) {
    for (const call of block) {
      const { objects } = call;
      if (objects.calls) {
        rows.delete(call.id);
        calls++;
        if (objects.calls.modified !== undefined) arrivals.push(objects.calls.modified);
        newest.push(call);
      } else if (objects.enriched && !rows.has(call.id)) {
        waiting++;
        if (objects.enriched.modified !== undefined) transcribed.push(objects.enriched.modified);
      }
    }
    keepNewest(newest);
  }
  keepNewest(newest);
  const phrasesIn = phraseFinder(config.phrases);
  const read = async ({ id, objects }: ListedCall): Promise<Call | undefined> => {
    const { enriched, ...others } = objects;
    const wanted = config.phrases.length > 0 ? objects : others;
    const { call } = await fetchCall(results, org, id, wanted, sheets.rowOf);
    const normalized = normalizeCall(readCall(call), config);
    if (normalized.kind !== 'call') return undefined;
    return { ...normalized.call, phrases: phrasesIn(normalized.turns)?.map(({ name }) => name) };
  };
  const objects = await mapConcurrent(newest, read);
  const ofRows = await mapConcurrent(lastRows(sheets, rows), read);
  for (const call of ofRows) {
    const at = Date.parse(call?.started ?? call?.processed ?? '');
    if (!Number.isNaN(at)) arrivals.push(at);
  }
  const all = [...objects, ...ofRows];
  return {
    calls: calls + rows.size,
    arrivals: arrivals.sort((a, b) => a - b),
    transcribed: transcribed.sort((a, b) => a - b),
    ...(leftOut === 0 && { waiting }),
    newest: all
      .filter((call) => call !== undefined)
      .sort((a, b) => timeOf(b) - timeOf(a))
      .slice(0, MOST_CALLS),
    unread: all.filter((call) => call === undefined).length,
    sheetsLeftOut: leftOut,
  };
}

const timeOf = ({ started, processed }: Call): number => Date.parse(started ?? processed ?? '') || 0;

/** Those that came last stay; where the store tells no times, the last by id. */
function keepNewest(calls: ListedCall[]): void {
  if (calls.length <= MOST_CALLS) return;
  calls.sort((a, b) => (b.objects.calls?.modified ?? 0) - (a.objects.calls?.modified ?? 0));
  calls.length = MOST_CALLS;
}

/** Sheets that can be read in a moment, the newest first. */
function smallSheets({ sheets }: Listing): { small: Listing['sheets']; leftOut: number } {
  const byAge = [...sheets].sort(([, a], [, b]) => (b.modified ?? 0) - (a.modified ?? 0));
  const small: Listing['sheets'] = new Map();
  let bytes = 0;
  for (const [key, sheet] of byAge) {
    if (bytes + sheet.size > MOST_SHEET_BYTES) continue;
    bytes += sheet.size;
    small.set(key, sheet);
  }
  return { small, leftOut: sheets.size - small.size };
}

/** Rows that count, the last of each sheet: sheets grow at their end. @param counting ids of calls that have no JSONL */
function lastRows({ known }: Sheets, counting: ReadonlySet<string>): ListedCall[] {
  const last = Object.values(known).flatMap(({ rows }) => Object.entries(rows).slice(-MOST_ROWS));
  const ids = new Map(last.filter(([id]) => counting.has(id)));
  return [...ids].slice(-MOST_ROWS).map(([id, etag]) => ({ id, objects: { row: { etag, size: 0 } } }));
}
