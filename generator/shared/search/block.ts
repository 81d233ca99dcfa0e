import { byteReader, byteWriter } from './bytes.ts';
import { readPlaces, writePlaces } from './places.ts';

/** One term of a block, and the calls that have it. */
export interface Entry {
  term: string;
  /** What its inflected forms share; the term itself where that is not known, and of filters. */
  stem: string;
  /** How many calls of the segment have it. */
  count: number;
  /** Their places, which rise; absent where they lie in pieces of their own. */
  places?: readonly number[];
  pieces?: { first: number; count: number };
}

const MAGIC = [0xcb, 0x01];

/** Whether bytes are a block, which no text begins as. */
export const isBlock = (bytes: Uint8Array): boolean => MAGIC.every((byte, i) => bytes[i] === byte);

/** Makes a block of terms that come in order. */
export interface BlockWriter {
  add(entry: Entry): void;
  /** Bytes so far. */
  readonly length: number;
  readonly entries: number;
  /** The block; the writer begins anew. */
  end(): Uint8Array;
}

/**
 * A block is `cb 01`; then as numbers (see `ByteWriter`) the calls of its segment, its entries, and the bytes of each of its five parts; then
 * those parts, each with what it has of the first entry, of the second and so on:
 * 1. signs: how many code units the term shares with the one before, and how many follow.
 * 2. text, UTF-8: those that follow, and what the stem has instead of the end of the term.
 * 3. stems: how many code units are taken from the end of the term, times two, and one more where something is put in their place: then its
 *    code units follow as a number.
 * 4. heads: calls times two, and one more where the list lies in pieces: then the first piece and how many they are follow.
 * 5. lists: the places (see `writePlaces`), unless they lie in pieces.
 * @param calls of the segment
 */
export function blockWriter(calls: number): BlockWriter {
  const [signs, stems, heads, lists] = [byteWriter(), byteWriter(), byteWriter(), byteWriter()];
  let text: string[] = [];
  let units = 0;
  let entries = 0;
  let last = '';
  const put = (part: string) => {
    text.push(part);
    units += part.length;
  };
  return {
    add({ term, stem, count, places, pieces }) {
      const shared = entries === 0 ? 0 : sharedBy(last, term);
      signs.number(shared);
      signs.number(term.length - shared);
      put(term.slice(shared));
      const kept = sharedBy(term, stem);
      const isLonger = stem.length > kept;
      stems.number(2 * (term.length - kept) + (isLonger ? 1 : 0));
      if (isLonger) {
        stems.number(stem.length - kept);
        put(stem.slice(kept));
      }
      heads.number(2 * count + (pieces ? 1 : 0));
      if (pieces) {
        heads.number(pieces.first);
        heads.number(pieces.count);
      } else if (places) writePlaces(lists, places, 0, calls);
      entries++;
      last = term;
    },
    get length() {
      return signs.length + units + stems.length + heads.length + lists.length;
    },
    get entries() {
      return entries;
    },
    end() {
      const parts = [signs.take(), new TextEncoder().encode(text.join('')), stems.take(), heads.take(), lists.take()];
      const block = byteWriter();
      block.bytes(Uint8Array.from(MAGIC));
      for (const number of [calls, entries, ...parts.map(({ length }) => length)]) block.number(number);
      for (const part of parts) block.bytes(part);
      text = [];
      [units, entries, last] = [0, 0, ''];
      return block.take();
    },
  };
}

/**
 * The entries of a block, in order. Each is read when it is asked for.
 * @throws {RangeError} where it is none, or is cut
 */
export function* entriesOf(block: Uint8Array): Generator<Entry, void> {
  if (!isBlock(block)) throw new RangeError('no block');
  const all = byteReader(block.subarray(MAGIC.length));
  const [calls, entries] = [all.number(), all.number()];
  const lengths = Array.from({ length: 5 }, () => all.number());
  const part = (place: number) => all.bytes(lengths[place] ?? 0);
  const signs = byteReader(part(0));
  const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(part(1));
  const [stems, heads, lists] = [byteReader(part(2)), byteReader(part(3)), byteReader(part(4))];
  let at = 0;
  const take = (units: number) => {
    at += units;
    return text.slice(at - units, at);
  };
  let term = '';
  for (let i = 0; i < entries; i++) {
    const shared = signs.number();
    term = term.slice(0, shared) + take(signs.number());
    const taken = stems.number();
    const kept = term.slice(0, term.length - (taken >>> 1));
    const stem = taken & 1 ? kept + take(stems.number()) : kept;
    const head = heads.number();
    const count = Math.floor(head / 2);
    if (head & 1) yield { term, stem, count, pieces: { first: heads.number(), count: heads.number() } };
    else yield { term, stem, count, places: readPlaces(lists, count, 0, calls) };
  }
}

/** How many code units two texts begin with alike; never half a sign. */
function sharedBy(a: string, b: string): number {
  const most = Math.min(a.length, b.length);
  let shared = 0;
  while (shared < most && a.charCodeAt(shared) === b.charCodeAt(shared)) shared++;
  return shared > 0 && isHigh(a.charCodeAt(shared - 1)) ? shared - 1 : shared;
}

const isHigh = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff;
