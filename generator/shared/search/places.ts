import type { ByteReader, ByteWriter } from './bytes.ts';

/** Whether bits take fewer bytes than gaps, which are a byte each or more. */
const isDense = (count: number, span: number): boolean => count * 8 >= span;

/**
 * Write places of calls, which rise. As bits where they are an eighth of the span or more: a byte for each eight places, of which the lowest
 * bit is the first one. Else as gaps: a number each, how many places lie between it and the one before, of the first between it and `from`.
 * @param span places that there could be, from `from` on
 */
export function writePlaces(to: ByteWriter, places: readonly number[], from: number, span: number): void {
  if (isDense(places.length, span)) {
    const bits = new Uint8Array(Math.ceil(span / 8));
    for (const place of places)
      bits[(place - from) >>> 3] = (bits[(place - from) >>> 3] ?? 0) | (1 << ((place - from) & 7));
    to.bytes(bits);
    return;
  }
  let next = from;
  for (const place of places) {
    to.number(place - next);
    next = place + 1;
  }
}

/** Bytes that `writePlaces` makes of places from 0 on. */
export function sizeOfPlaces(places: readonly number[], span: number): number {
  if (isDense(places.length, span)) return Math.ceil(span / 8);
  let [bytes, next] = [0, 0];
  for (const place of places) {
    for (let rest = (place - next) >>> 7; rest > 0; rest >>>= 7) bytes++;
    bytes++;
    next = place + 1;
  }
  return bytes;
}

/** @param count places in the list @throws {RangeError} where the bytes end too early, or hold another number of places */
export function readPlaces(of: ByteReader, count: number, from: number, span: number): number[] {
  if (!isDense(count, span)) {
    let next = from;
    return Array.from({ length: count }, () => {
      const place = next + of.number();
      next = place + 1;
      return place;
    });
  }
  const places: number[] = [];
  for (const [i, byte] of of.bytes(Math.ceil(span / 8)).entries())
    for (let bit = 0; bit < 8; bit++) if (byte & (1 << bit)) places.push(from + 8 * i + bit);
  if (places.length !== count) throw new RangeError('another number of places');
  return places;
}
