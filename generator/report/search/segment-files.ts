import { blockWriter, type Entry } from '#shared/search/block.ts';
import { CALLS_A_FILE, encodeFound, type FoundCall } from '#shared/search/calls.ts';
import { dividerOf } from '#shared/search/compare.ts';
import { encodePiece, piecesOf } from '#shared/search/piece.ts';
import { sizeOfPlaces } from '#shared/search/places.ts';
import { blockPath, callsPath, firstsPath, piecePath } from '#shared/search/root.ts';
import { encodeText, stableJson } from '../../lib/bytes.ts';

/** A file of a segment. */
interface SegmentFile {
  path: string;
  type: string;
  bytes: Uint8Array;
}

/** What is remembered of a segment whose files are made: from it all their paths follow. */
export interface SegmentShape {
  calls: number;
  pieces: number;
  /** See `SearchSegment`. */
  firsts: string[];
}

/** A block is cut from so many bytes on, before it is compressed. */
const BLOCK_BYTES = 6 * 1024;
/** Longer lists lie in pieces. */
const INLINE_BYTES = 512;
/** So many first terms stand in the root itself, which every search loads. */
const FIRSTS_IN_ROOT = 128;

const BYTES_TYPE = 'application/octet-stream';
export const JSON_TYPE = 'application/json; charset=utf-8';

/** Whether a segment's first terms lie in a file of their own. */
export const hasOwnFirsts = ({ firsts }: Pick<SegmentShape, 'firsts'>): boolean => firsts.length > FIRSTS_IN_ROOT;

/** All files of a segment. */
export function pathsOf(name: string, shape: SegmentShape): string[] {
  const { calls, pieces, firsts } = shape;
  const numbered = (length: number, path: (segment: string, i: number) => string) =>
    Array.from({ length }, (_, i) => path(name, i));
  return [
    ...numbered(Math.ceil(calls / CALLS_A_FILE), callsPath),
    ...numbered(firsts.length, blockPath),
    ...numbered(pieces, piecePath),
    ...(hasOwnFirsts(shape) ? [firstsPath(name)] : []),
  ];
}

/**
 * The files of a segment, one by one.
 * @param entries its terms, in order
 * @param calls in the order of their places
 * @returns when all are made: what is remembered of them
 */
export function* segmentFiles(
  name: string,
  entries: Iterable<Required<Omit<Entry, 'pieces'>>>,
  calls: readonly FoundCall[],
): Generator<SegmentFile, SegmentShape> {
  const json = (path: string, value: unknown) => ({ path, type: JSON_TYPE, bytes: encodeText(stableJson(value)) });
  const binary = (path: string, bytes: Uint8Array) => ({ path, type: BYTES_TYPE, bytes });
  for (let from = 0; from < calls.length; from += CALLS_A_FILE)
    yield json(callsPath(name, from / CALLS_A_FILE), encodeFound(calls.slice(from, from + CALLS_A_FILE)));
  const writer = blockWriter(calls.length);
  const firsts: string[] = [];
  let pieces = 0;
  let last: string | undefined;
  for (const entry of entries) {
    if (writer.entries === 0) firsts.push(last === undefined ? '' : dividerOf(last, entry.term));
    last = entry.term;
    if (sizeOfPlaces(entry.places, calls.length) <= INLINE_BYTES) writer.add(entry);
    else {
      const list = piecesOf(entry.places, calls.length);
      const { term, stem, count } = entry;
      writer.add({ term, stem, count, pieces: { first: pieces, count: list.length } });
      for (const piece of list) yield binary(piecePath(name, pieces++), encodePiece(piece));
    }
    if (writer.length >= BLOCK_BYTES) yield binary(blockPath(name, firsts.length - 1), writer.end());
  }
  if (writer.entries > 0) yield binary(blockPath(name, firsts.length - 1), writer.end());
  const shape = { calls: calls.length, pieces, firsts };
  if (hasOwnFirsts(shape)) yield json(firstsPath(name), firsts);
  return shape;
}
