import { createHash } from 'node:crypto';
import { LIMITS } from '../lib/limits.ts';
import type { Slice, Spool } from '../lib/spool.ts';
import { NAMED } from '../tenants/column-names.ts';
import { isAbsentWord } from './absent-word.ts';
import { csvRows, UnreadableSheet } from './csv.ts';
import { readHeader, type WantedColumns } from './header.ts';
import type { KnownSheet } from './known-sheet.ts';
import { usableId } from './layout.ts';
import { holdsLoneCr } from './line-ends.ts';
import type { Refusal, RefusalCode, Refused } from './refusals.ts';
import { isHeaderAgain, isTotal } from './row-kinds.ts';

/** The rows of one sheet: they lie in the spool, and of each only its hash and its place are held. */
export interface SheetRows extends Omit<KnownSheet, 'etag'> {
  /** Of each cell the name of its column; undefined where it is not read. */
  header: (string | undefined)[];
  /** Call id → where the cells of its last row lie, as a JSON list. */
  slices: Map<string, Slice>;
}

/** Refused rows that are named; a sheet may have nothing but such. */
const MAX_NAMED = 1000;
/** Rows are spooled many at once. */
const BLOCK_BYTES = 256 * 1024;

/**
 * @param key of the sheet below `<org>/`, for what is refused
 * @param wanted the columns to read
 * @throws {UnreadableSheet} where nothing of it can be used
 */
export async function readRows(
  bytes: AsyncIterable<Uint8Array>,
  key: string,
  wanted: WantedColumns,
  spool: Spool,
): Promise<SheetRows> {
  const rows = new Map<string, string>();
  const repeated = new Map<string, number>();
  const named: Refused[] = [];
  const unnamed = new Map<RefusalCode, number>();
  const refuse = (row: number, refusal: Refusal) => {
    if (named.length < MAX_NAMED) named.push({ key, row, ...refusal });
    else unnamed.set(refusal.code, (unnamed.get(refusal.code) ?? 0) + 1);
  };
  const filled = countFilled();
  const records = recordsInto(spool);
  let columns: Columns | undefined;
  for await (const read of csvRows(bytes)) {
    if ('cells' in read && read.cells.every((cell) => cell.trim() === '')) continue;
    if (columns === undefined) {
      columns = columnsOf(read, wanted);
      continue;
    }
    const { row } = read;
    const problem = 'refused' in read ? read.refused : problemWith(read.cells, columns);
    if (problem !== undefined || 'refused' in read) {
      if (problem) refuse(row, problem);
      continue;
    }
    const id = idIn(read.cells, columns);
    const cells = Buffer.from(JSON.stringify(read.cells));
    if (rows.has(id)) repeated.set(id, (repeated.get(id) ?? 1) + 1);
    rows.set(id, columns.hash.copy().update(cells).digest('base64url').slice(0, 22));
    filled.add(id, read.cells);
    await records.put(id, cells);
  }
  if (columns === undefined) throw new UnreadableSheet('empty');
  return {
    rows: Object.fromEntries(rows),
    header: columns.names,
    filled: filled.end(columns.names.map((name) => name && wanted.show(name))),
    ...(columns.unread.length > 0 && { unread: columns.unread.map(wanted.show) }),
    slices: await records.end(),
    ...(named.length > 0 && { refused: named }),
    ...(unnamed.size > 0 && { unnamed: Object.fromEntries(unnamed) }),
    ...(repeated.size > 0 && { repeated: Object.fromEntries(repeated) }),
  };
}

interface Columns {
  header: readonly string[];
  names: (string | undefined)[];
  unread: string[];
  /** Indexes of start and parties. */
  ends: number[];
  /** Index of the call's id. */
  id: number;
  /** Over the header; with the cells it makes a row's ETag: equal where the columns and all cells are. */
  hash: ReturnType<typeof createHash>;
}

/** @throws {UnreadableSheet} where no row could be told by them. Says nothing of what stands there: it may be no header. */
function columnsOf(first: { cells: string[] } | { refused: Refusal }, wanted: WantedColumns): Columns {
  if ('refused' in first) {
    const { code, given } = first.refused;
    throw new UnreadableSheet(code === 'row-quote' ? 'header-quote' : 'header-too-large', given);
  }
  const header = first.cells;
  if (header.some((name) => name.includes('\u0000'))) throw new UnreadableSheet('header-nul');
  if (header.length > LIMITS.columns) throw new UnreadableSheet('too-many-columns', { limit: LIMITS.columns });
  const { names, unread, twice } = readHeader(header, wanted);
  const id = names.indexOf(wanted.id);
  if (id < 0) throw new UnreadableSheet('no-id-column', { column: wanted.id });
  // A rule's column is named by the sheet alone: it may be anything. Others are ours or the configuration's.
  if (twice !== undefined && NAMED.test(twice) && !wanted.exact.has(twice))
    throw new UnreadableSheet('rule-column-twice');
  if (twice !== undefined) throw new UnreadableSheet('column-twice', { column: twice });
  const ends = wanted.ends.map((name) => names.indexOf(name)).filter((at) => at >= 0);
  return { header, names, unread, ends, id, hash: createHash('sha256').update(JSON.stringify(names)) };
}

const idIn = (cells: readonly string[], { id }: Columns): string => (cells[id] ?? '').trim();

/** Why a row cannot be a call; undefined where it can. */
function problemWith(cells: readonly string[], columns: Columns): Refusal | undefined {
  const { header, ends } = columns;
  const id = idIn(cells, columns);
  if (
    isTotal(
      id,
      ends.map((at) => cells[at]),
    )
  )
    return { code: 'row-total' };
  const isOdd = cells.length !== header.length || (id !== '' && !usableId(id));
  if (isOdd && cells.some(holdsLoneCr)) return { code: 'row-line-ends', given: { ends: 'CR' } };
  if (cells.length !== header.length)
    return { code: 'row-fields', given: { fields: cells.length, columns: header.length } };
  if (isHeaderAgain(cells, header, columns.id)) return { code: 'row-header' };
  if (id === '') return { code: 'row-no-id' };
  return usableId(id) ? undefined : { code: 'row-unusable-id' };
}

/** Counts in how many rows each column says something. Rows mostly fill the same ones, so whole patterns are counted. */
function countFilled() {
  interface Pattern {
    filled: string;
    rows: number;
  }
  const patterns = new Map<string, Pattern>();
  const rows = new Map<string, Pattern>();
  return {
    /** Of several rows of one id the last counts. */
    add(id: string, cells: readonly string[]): void {
      const before = rows.get(id);
      if (before) before.rows--;
      const filled = cells.map((cell) => (isAbsentWord(cell) ? '0' : '1')).join('');
      // One for all rows that fill the same columns: a sheet may have a million.
      const pattern = patterns.get(filled) ?? { filled, rows: 0 };
      pattern.rows++;
      patterns.set(filled, pattern);
      rows.set(id, pattern);
    },
    /** Column → rows. */
    end(names: readonly (string | undefined)[]): { [column: string]: number } {
      const filled: [string, number][] = [];
      for (const [i, name] of names.entries()) {
        if (name === undefined) continue;
        let sum = 0;
        for (const { filled: own, rows: n } of patterns.values()) if (own[i] === '1') sum += n;
        filled.push([name, sum]);
      }
      return Object.fromEntries(filled);
    },
  };
}

/** Puts records into the spool, many at once, and remembers where each id's last one lies. */
function recordsInto(spool: Spool) {
  const slices = new Map<string, Slice>();
  let block: { id: string; bytes: Uint8Array }[] = [];
  let size = 0;
  const flush = async () => {
    let { offset } = await spool.put(Buffer.concat(block.map(({ bytes }) => bytes)));
    for (const { id, bytes } of block) {
      slices.set(id, { offset, length: bytes.byteLength });
      offset += bytes.byteLength;
    }
    block = [];
    size = 0;
  };
  return {
    async put(id: string, bytes: Uint8Array): Promise<void> {
      block.push({ id, bytes });
      size += bytes.byteLength;
      if (size >= BLOCK_BYTES) await flush();
    },
    async end(): Promise<Map<string, Slice>> {
      await flush();
      return slices;
    },
  };
}
