import type { Log } from '../lib/console.ts';
import { type Printable, say } from '../lib/printable.ts';
import type { Spool } from '../lib/spool.ts';
import { counted } from '../lib/words.ts';
import { compareKeys, type Store } from '../store/store.ts';
import { compareIds } from './call-order.ts';
import type { WantedColumns } from './header.ts';
import type { KnownSheet, KnownSheets, StoredRow } from './known-sheet.ts';
import type { ListedSheet, Listing } from './listing.ts';
import { type ReadSheet, readSheet } from './read-sheet.ts';

/**
 * Gets the row that counts of a call, as it is by now; undefined where it is gone since the listing.
 * The sheet is read where nobody has yet in this run.
 */
export type RowReader = (id: string) => Promise<{ row: StoredRow; etag: string; modified?: number } | undefined>;

/** The sheets of one organization in one run. */
export interface Sheets {
  known: KnownSheets;
  /** Whether a sheet is new, another one, or gone. */
  changed: boolean;
  /** Each call's row that counts, in the order of calls. */
  rows: readonly PlacedRow[];
  rowOf: RowReader;
}

/** A row as it is compared with what the last run knew: it counts where the call has no `calls/<id>.jsonl`. */
export interface PlacedRow {
  id: string;
  etag: string;
}

/** Where sheets are read from, and where their rows are put. */
export interface SheetSource {
  results: Store;
  org: string;
  listing: Listing;
  spool: Spool;
  log: Log;
}

/**
 * Read the sheets that have changed, and tell which rows count.
 * @param before sheets as the last build knew them
 * @param wanted the columns to read
 */
export async function openSheets(source: SheetSource, before: KnownSheets, wanted: WantedColumns): Promise<Sheets> {
  const { results, org, listing, spool, log } = source;
  const opened = new Map<string, Promise<ReadSheet | undefined>>();
  const open = (key: string): Promise<ReadSheet | undefined> => {
    const listed = listing.sheets.get(key) as ListedSheet;
    const sheet = opened.get(key) ?? readSheet(results, org, key, listed, wanted, spool);
    opened.set(key, sheet);
    return sheet;
  };
  const known: KnownSheets = {};
  const changed: string[] = [];
  for (const [key, { etag }] of listing.sheets) {
    const same = Object.hasOwn(before, key) && before[key]?.etag === etag ? before[key] : undefined;
    if (same) known[key] = same;
    else changed.push(key);
  }
  if (changed.length > 0) {
    await log.step(
      say`read sheets`,
      async (progress) => {
        // One after the other: each costs one thread's time and one range's memory.
        for (const [done, key] of changed.entries()) {
          const sheet = await open(key);
          const modified = listing.sheets.get(key)?.modified;
          if (sheet) known[key] = { ...rememberedOf(sheet), ...(modified !== undefined && { modified }) };
          progress(done + 1, changed.length);
        }
      },
      () => summaryOf(changed.flatMap((key) => known[key] ?? [])),
    );
  }
  const { owners, rows } = placeRows(known);
  return {
    known,
    rows,
    changed: changed.length > 0 || Object.keys(before).some((key) => !listing.sheets.has(key)),
    async rowOf(id) {
      const key = owners.get(id);
      const sheet = key === undefined ? undefined : await open(key);
      const slice = sheet?.slices.get(id);
      if (!sheet || !slice) return undefined;
      const row = { header: sheet.header, cells: await spool.get(slice) };
      const modified = known[key ?? '']?.modified;
      return { row, etag: sheet.rows[id] as string, ...(modified !== undefined && { modified }) };
    },
  };
}

/** Call id → the sheet whose row counts, of several the last by key; and those rows in the order of calls. */
function placeRows(known: KnownSheets): { owners: Map<string, string>; rows: PlacedRow[] } {
  const owners = new Map<string, string>();
  for (const key of Object.keys(known).sort(compareKeys))
    for (const id of Object.keys(known[key]?.rows ?? {})) owners.set(id, key);
  const rows = [...owners].map(([id, key]): PlacedRow => ({ id, etag: known[key]?.rows[id] as string }));
  return { owners, rows: rows.sort((a, b) => compareIds(a.id, b.id)) };
}

/** Whether a row that was there before is in its sheet no longer. A row in another sheet may be there for the same call. */
export const lostRows = (before: KnownSheets, after: KnownSheets): boolean =>
  Object.entries(before).some(([key, { rows }]) => {
    const now = new Set(Object.keys((Object.hasOwn(after, key) ? after[key]?.rows : undefined) ?? {}));
    return Object.keys(rows).some((id) => !now.has(id));
  });

/** Bad rows of a sheet, or the sheet itself. */
export const refusedIn = ({ refused = [], unnamed = {} }: Pick<KnownSheet, 'refused' | 'unnamed'>): number =>
  Object.values(unnamed).reduce((sum, n) => sum + n, refused.length);

function summaryOf(sheets: readonly KnownSheet[]): Printable {
  const rows = sheets.reduce((sum, sheet) => sum + Object.keys(sheet.rows).length, 0);
  const refused = sheets.reduce((sum, sheet) => sum + refusedIn(sheet), 0);
  return say`${counted(sheets.length, 'sheet')} with ${counted(rows, 'call')}${refused > 0 ? `, ${refused} refused` : ''}`;
}

const rememberedOf = ({ header: _header, slices: _slices, ...known }: ReadSheet): KnownSheet => known;
