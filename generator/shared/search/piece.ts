import { byteReader, byteWriter } from './bytes.ts';
import { readPlaces, writePlaces } from './places.ts';

/** Places of a long list that lie in a file of their own. */
export interface Piece {
  /** The piece tells of the places from `from` up to the one before `end`. */
  from: number;
  end: number;
  /** Those that are in the list, which rise. */
  places: readonly number[];
}

/** Calls in a piece: a common word costs its newest. */
const MOST = 2048;

const MAGIC = [0xcb, 0x02];

/** A long list in pieces, newest calls first. @param calls of the segment */
export function piecesOf(places: readonly number[], calls: number): Piece[] {
  return Array.from({ length: Math.ceil(places.length / MOST) }, (_, i) => ({
    from: i === 0 ? 0 : (places[i * MOST] as number),
    end: places[(i + 1) * MOST] ?? calls,
    places: places.slice(i * MOST, (i + 1) * MOST),
  }));
}

/** `cb 02`, then as numbers (see `ByteWriter`) `from`, the places from there up to `end`, how many are in the list, and those (see `writePlaces`). */
export function encodePiece({ from, end, places }: Piece): Uint8Array {
  const to = byteWriter();
  to.bytes(Uint8Array.from(MAGIC));
  for (const number of [from, end - from, places.length]) to.number(number);
  writePlaces(to, places, from, end - from);
  return to.take();
}

/** @throws {RangeError} where it is none, or is cut */
export function decodePiece(bytes: Uint8Array): Piece {
  if (MAGIC.some((byte, i) => bytes[i] !== byte)) throw new RangeError('no piece');
  const of = byteReader(bytes.subarray(MAGIC.length));
  const [from, span, count] = [of.number(), of.number(), of.number()];
  return { from, end: from + span, places: readPlaces(of, count, from, span) };
}
