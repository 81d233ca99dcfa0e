import { decodeText } from '../lib/bytes.ts';
import type { Refused } from './refusals.ts';

/** What is remembered of one sheet. */
export interface KnownSheet {
  etag: string;
  /** When the store received it, in milliseconds since the epoch; where the store says so. */
  modified?: number;
  /** Call id → hash of its row. */
  rows: { [id: string]: string };
  /** Its bad rows, or the sheet itself. */
  refused?: Refused[];
  /** True where the sheet itself is refused: it has no rows then. */
  whole?: true;
  /** Bad rows beyond those, by code. */
  unnamed?: { [code: string]: number };
  /** Ids with several rows → how many. */
  repeated?: { [id: string]: number };
  /** Columns that are read → rows, each id's last, in which they say something. */
  filled: { [column: string]: number };
  /** Names in its header that are not read, as spelt; "" for a column without one. */
  unread?: string[];
}

/** Key below `<org>/` → sheet. */
export type KnownSheets = { [key: string]: KnownSheet };

/** One row: the column's name → its cell. Has no prototype, as a column may be called anything. */
export type Row = { [column: string]: string };

/** The same as it lies in the spool. Plain data, which crosses threads. */
export interface StoredRow {
  /** Of each cell the name of its column; undefined where it is not read. */
  header: readonly (string | undefined)[];
  /** The cells as a JSON list. */
  cells: Uint8Array;
}

export function parseRow({ header, cells }: StoredRow): Row {
  const values = JSON.parse(decodeText(cells)) as string[];
  const row = Object.create(null) as Row;
  for (const [i, name] of header.entries()) if (name !== undefined) row[name] = values[i] as string;
  return row;
}
