import { createHash } from 'node:crypto';
import type { Slice, Spool } from '../lib/spool.ts';
import type { Refused } from '../model.ts';
import { csvRows, UnreadableSheet } from './csv.ts';
import { usableId } from './layout.ts';
import type { KnownSheet } from './sheets.ts';

/** The rows of one sheet: they lie in the spool, and of each only its hash and its place are held. */
export interface SheetRows extends Omit<KnownSheet, 'etag'> {
  header: string[];
  /** Call id → where the cells of its last row lie, as a JSON list. */
  slices: Map<string, Slice>;
}

/** Refused rows that are named; a sheet may have nothing but such. */
const MAX_NAMED = 1000;
/** Rows are spooled many at once. */
const BLOCK_BYTES = 256 * 1024;

/**
 * @param key of the sheet below `<org>/`, for what is refused
 * @param idColumn name of the column with the call's id
 * @throws {UnreadableSheet} where nothing of it can be used
 */
export async function readRows(
  bytes: AsyncIterable<Uint8Array>,
  key: string,
  idColumn: string,
  spool: Spool,
): Promise<SheetRows> {
  const rows = new Map<string, string>();
  const repeated = new Map<string, number>();
  const named: Refused[] = [];
  let refused = 0;
  const refuse = (row: number, reason: string) => {
    if (++refused <= MAX_NAMED) named.push({ key, reason: `row ${row}: ${reason}` });
  };
  const records = recordsInto(spool);
  let columns: Columns | undefined;
  for await (const read of csvRows(bytes)) {
    if ('cells' in read && read.cells.every((cell) => cell.trim() === '')) continue;
    if (columns === undefined) {
      columns = columnsOf(read, idColumn);
      continue;
    }
    const { row } = read;
    const problem = 'refused' in read ? read.refused : problemWith(read.cells, columns);
    if (problem !== undefined || 'refused' in read) {
      refuse(row, problem ?? '');
      continue;
    }
    const id = idIn(read.cells, columns);
    const cells = Buffer.from(JSON.stringify(read.cells));
    if (rows.has(id)) repeated.set(id, (repeated.get(id) ?? 1) + 1);
    rows.set(id, columns.hash.copy().update(cells).digest('base64url').slice(0, 22));
    await records.put(id, cells);
  }
  if (columns === undefined) throw new UnreadableSheet('the file is empty');
  return {
    rows: Object.fromEntries(rows),
    header: columns.header,
    slices: await records.end(),
    ...(refused > 0 && { refused: named }),
    ...(refused > named.length && { unnamed: refused - named.length }),
    ...(repeated.size > 0 && { repeated: Object.fromEntries(repeated) }),
  };
}

interface Columns {
  header: string[];
  /** Index of the call's id. */
  id: number;
  /** Over the header; with the cells it makes a row's ETag: equal where the columns and all cells are. */
  hash: ReturnType<typeof createHash>;
}

/** @throws {UnreadableSheet} where no row could be told by them. Says nothing of what stands there: it may be no header. */
function columnsOf(first: { cells: string[] } | { refused: string }, idColumn: string): Columns {
  if ('refused' in first) throw new UnreadableSheet(`in its header, ${first.refused}`);
  const header = first.cells.map((name) => name.trim());
  if (header.some((name) => name.includes('\u0000')))
    throw new UnreadableSheet('its header holds NUL characters, as UTF-16 has them: it has to be UTF-8');
  const id = header.indexOf(idColumn);
  if (id < 0)
    throw new UnreadableSheet(
      `its first row names no column ${JSON.stringify(idColumn)}; columns are separated by commas`,
    );
  const names = new Set<string>();
  for (const name of header) {
    if (names.has(name)) throw new UnreadableSheet(`its header names the column ${JSON.stringify(name)} twice`);
    if (name !== '') names.add(name);
  }
  return { header, id, hash: createHash('sha256').update(JSON.stringify(header)) };
}

const idIn = (cells: readonly string[], { id }: Columns): string => (cells[id] ?? '').trim();

/** Why a row cannot be a call, in words; undefined where it can. Quotes nothing of it: it may hold what is to be masked. */
function problemWith(cells: readonly string[], columns: Columns): string | undefined {
  if (cells.length !== columns.header.length)
    return `it has ${cells.length} ${cells.length === 1 ? 'field' : 'fields'} where the header has ${columns.header.length}`;
  const id = idIn(cells, columns);
  if (id === '') return 'it names no call';
  return usableId(id) ? undefined : 'what it names its call by cannot be a call’s id';
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
