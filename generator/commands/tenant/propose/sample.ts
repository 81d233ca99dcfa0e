import { mapConcurrent } from '../../../lib/map-concurrent.ts';
import { openSpool } from '../../../lib/spool.ts';
import { csvRows, UnreadableSheet } from '../../../source/csv.ts';
import { fetchCall } from '../../../source/fetch.ts';
import { type ListedCall, listCalls } from '../../../source/listing.ts';
import { type RawCall, readCall } from '../../../source/read.ts';
import { RANGE_BYTES, sheetBytes } from '../../../source/read-sheet.ts';
import { PreconditionFailed, type Store } from '../../../store/store.ts';

/** The beginning of one sheet, as it stands there. */
export interface SheetHead {
  key: string; // below `<org>/`, e.g., "final/v2.0-flat/calls/calls.csv"
  header: string[];
  /** As many cells each as the header has. */
  rows: string[][];
}

/** What was looked at of an organization's input: its newest calls, and the beginnings of its newest sheets. */
export interface Sample {
  /** Calls that have a `calls/<id>.jsonl`, parsed. */
  calls: RawCall[];
  /** How many of these there are in all. */
  listed: number;
  /** Objects listed of any kind: 0 where the organization has no input. */
  objects: number;
  sheets: SheetHead[];
  /** Sheets beyond those, and sheets that cannot be read. */
  otherSheets: number;
}

/** Calls that are read; a large store has days of as many. */
const MOST_CALLS = 1000;
/** Of these, the ones whose transcript and metadata are read too. */
const MOST_WHOLE = 200;
const MOST_SHEETS = 3;
const MOST_ROWS = 2000;

/** Looks at the newest calls of an organization, by when the store received them. Everything is listed, and only these are read. */
export async function sampleInput(results: Store, org: string): Promise<Sample> {
  await using spool = await openSpool();
  const listing = await listCalls(results, org, true, spool);
  let newest: ListedCall[] = [];
  let listed = 0;
  for await (const call of listing.calls) {
    if (!call.objects.calls) continue;
    listed++;
    newest.push(call);
    if (newest.length >= 2 * MOST_CALLS) newest = newestOf(newest);
  }
  const calls = await mapConcurrent(newestOf(newest).entries(), async ([i, { id, objects }]) => {
    const { calls: record, qa } = objects;
    return readCall((await fetchCall(results, org, id, i < MOST_WHOLE ? objects : { calls: record, qa })).call);
  });
  const keys = [...listing.sheets].sort(([, a], [, b]) => (b.modified ?? 0) - (a.modified ?? 0)).map(([key]) => key);
  const sheets: SheetHead[] = [];
  for (const key of keys.slice(0, MOST_SHEETS)) {
    const head = await headOf(results, org, key);
    if (head) sheets.push(head);
  }
  return { calls, listed, objects: listing.objects, sheets, otherSheets: listing.sheets.size - sheets.length };
}

/** The newest first; where the store has no clock, the last first. */
const newestOf = (calls: readonly ListedCall[]): ListedCall[] =>
  calls
    .toReversed()
    .sort((a, b) => (b.objects.calls?.modified ?? 0) - (a.objects.calls?.modified ?? 0))
    .slice(0, MOST_CALLS);

/** Undefined where nothing of it can be used, or it is changed just now. */
async function headOf(results: Store, org: string, key: string): Promise<SheetHead | undefined> {
  const first = await results.get(`${org}/${key}`, { range: { start: 0, end: RANGE_BYTES } });
  if (!first) return undefined;
  let header: string[] | undefined;
  const rows: string[][] = [];
  try {
    for await (const read of csvRows(sheetBytes(results, `${org}/${key}`, first))) {
      if ('refused' in read || read.cells.every((cell) => cell.trim() === '')) continue;
      if (header === undefined) header = read.cells;
      else if (read.cells.length === header.length) rows.push(read.cells);
      if (rows.length >= MOST_ROWS) break;
    }
  } catch (error) {
    if (!(error instanceof UnreadableSheet || error instanceof PreconditionFailed)) throw error;
    return undefined;
  }
  return header && { key, header, rows };
}
