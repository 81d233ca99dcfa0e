import { compress, decodeText, decompress, encodeText } from '../lib/bytes.ts';
import type { StateAt } from '../publish/manifest.ts';
import { compareIds } from '../source/call-order.ts';
import type { Store } from '../store/store.ts';
import { type CallEntry, parseEntry } from './known-call.ts';
import { stateReader } from './state-files.ts';

/**
 * A part of a state's calls: those from one id on, up to the first of the next range, in the order of calls. Its blob has a line for each,
 * packed with brotli.
 */
export interface StateRange extends StateAt {
  /** The id of its first call. */
  from: string;
  counts: CallCounts;
  /** The lines of those calls alone of which something is to be told; absent where there are none. */
  notes?: StateAt;
}

/** What of a range is told by sums; so adding up ranges is enough. */
export interface CallCounts {
  /** Entries of any kind. */
  entries: number;
  /** Of `KnownCall` by kind: those that are there. */
  kinds: { [kind: string]: number };
  /** Entries of the kind "call" that are read from a row of a sheet. */
  rows: number;
  /** Entries of any kind that are not read from a row. */
  objects: number;
  /** Objects refused. */
  refused: number;
}

/** Each line as it stands, beside what it says. */
export type ReadLine = CallEntry & { line: string };

/** Reads the lines of a range, or those of its notes. @throws {Damaged} where they are gone or are not as they were written */
export type RangeReader = (at: StateAt) => Promise<readonly ReadLine[]>;

/** Of published ranges. */
export function rangeReader(store: Store, org: string): RangeReader {
  const read = stateReader(store, org);
  return async (at) => parseLines(await read(at));
}

/** Lines as they are stored: packed. */
export const packLines = (lines: readonly Pick<ReadLine, 'line'>[]): Promise<Uint8Array> =>
  compress(encodeText(lines.map(({ line }) => `${line}\n`).join('')), QUALITY);

export async function parseLines(packed: Uint8Array): Promise<ReadLine[]> {
  const lines = decodeText(await decompress(packed))
    .split('\n')
    .slice(0, -1);
  return lines.map((line) => ({ line, ...parseEntry(line) }));
}

/** Of brotli: most of a range are ETags, of which a higher one saves nothing. */
const QUALITY = 1;

/** All calls of a state, one range at a time. */
export async function* callsOf(read: RangeReader, ranges: readonly StateAt[]): AsyncGenerator<readonly CallEntry[]> {
  for (const range of ranges) yield await read(range);
}

/** The calls of a state of which something is to be told. */
export const notesOf = (read: RangeReader, ranges: readonly StateRange[]): AsyncGenerator<readonly CallEntry[]> =>
  callsOf(
    read,
    ranges.flatMap(({ notes }) => notes ?? []),
  );

/** Those calls of a state that are asked for. @param ids in any order */
export async function* callsAmong(
  read: RangeReader,
  ranges: readonly StateRange[],
  ids: ReadonlySet<string>,
): AsyncGenerator<CallEntry> {
  const sorted = [...ids].sort(compareIds);
  let at = 0;
  for (const [i, range] of ranges.entries()) {
    const end = ranges[i + 1]?.from;
    const first = at;
    while (at < sorted.length && (end === undefined || compareIds(sorted[at] as string, end) < 0)) at++;
    if (at > first) for (const entry of await read(range)) if (ids.has(entry.id)) yield entry;
  }
}

export const noCounts = (): CallCounts => ({ entries: 0, kinds: {}, rows: 0, objects: 0, refused: 0 });

export function addEntry(counts: CallCounts, { known: { kind, etags, refused = [] } }: CallEntry): void {
  const isRow = etags.row !== undefined;
  counts.entries++;
  counts.kinds[kind] = (counts.kinds[kind] ?? 0) + 1;
  if (!isRow) counts.objects++;
  else if (kind === 'call') counts.rows++;
  counts.refused += refused.length;
}

/** What all calls of a state sum up to. */
export function countsOf(ranges: readonly Pick<StateRange, 'counts'>[]): CallCounts {
  const sum = noCounts();
  for (const { counts } of ranges) {
    sum.entries += counts.entries;
    sum.rows += counts.rows;
    sum.objects += counts.objects;
    sum.refused += counts.refused;
    for (const [kind, n] of Object.entries(counts.kinds)) sum.kinds[kind] = (sum.kinds[kind] ?? 0) + n;
  }
  return sum;
}

/** Keys of the blobs of some ranges, inside the organization. */
export const blobsOfRanges = (ranges: readonly StateRange[]): string[] =>
  ranges.flatMap(({ blob, notes }) => (notes ? [blob, notes.blob] : [blob]));
