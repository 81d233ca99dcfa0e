import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blockWriter, type Entry, entriesOf, isBlock } from './block.ts';
import { decodeFound, encodeFound, type FoundCall } from './calls.ts';
import { compareTerms } from './compare.ts';
import { decodePiece, encodePiece, piecesOf } from './piece.ts';
import { blockOf, blocksOf } from './root.ts';

const CALLS = 300;
/** Of each half of a range, signs above U+FFFF and beside each other, so that terms share half a sign. */
const term = fc.oneof(
  fc.string({ unit: fc.constantFrom('a', 'b', 'é', '\ufffd', '😀', '😁', '𐀀'), maxLength: 6 }),
  fc.array(fc.nat({ max: 0x10ffff }), { maxLength: 9 }).map((points) => String.fromCodePoint(...points).toWellFormed()),
  fc.constantFrom('__proto__', '<script>', '!agent:', 'שלום', '\ufeffx', ''),
);
const places = fc
  .uniqueArray(fc.nat({ max: CALLS - 1 }), { minLength: 1, maxLength: CALLS })
  .map((list) => list.sort((a, b) => a - b));
const entry = fc
  .record({ term, stem: term, list: fc.option(places), first: fc.nat(), pieces: fc.integer({ min: 1, max: 900 }) })
  .map(
    ({ term: own, stem, list, first, pieces }): Entry =>
      list
        ? { term: own, stem, count: list.length, places: list }
        : { term: own, stem, count: 70_000, pieces: { first, count: pieces } },
  );
const entries = fc
  .uniqueArray(entry, { selector: (each) => each.term, maxLength: 40 })
  .map((list) => list.sort((a, b) => compareTerms(a.term, b.term)));

function blockOfAll(list: readonly Entry[]): Uint8Array {
  const writer = blockWriter(CALLS);
  for (const each of list) writer.add(each);
  return writer.end();
}

describe('a block', () => {
  it('gives back terms, stems and lists, whatever is in them', () => {
    fc.assert(
      fc.property(entries, (list) => {
        const block = blockOfAll(list);
        expect(isBlock(block)).toBe(true);
        expect([...entriesOf(block)]).toEqual(list);
      }),
      { numRuns: 60 },
    );
  });

  it('says that it is cut, wherever it ends', () => {
    const block = blockOfAll([
      { term: 'call', stem: 'call', count: 2, places: [1, 299] },
      { term: 'called', stem: 'call', count: 60, places: Array.from({ length: 60 }, (_, i) => 2 * i) },
    ]);
    for (let end = 0; end < block.length; end++)
      expect(() => [...entriesOf(block.subarray(0, end))], `${end}`).toThrow(RangeError);
  });

  it('takes a bit a call for a common word, and a byte a call for a rare one', () => {
    const sizeOf = (list: number[]) => blockOfAll([{ term: 'a', stem: 'a', count: list.length, places: list }]).length;
    const [none, few, all] = [[], [1, 50, 299], Array.from({ length: CALLS }, (_, i) => i)].map(sizeOf) as [
      number,
      number,
      number,
    ];
    expect(few - none).toBe(4);
    expect(all - none).toBeLessThan(CALLS / 8 + 3);
  });
});

it('cuts a long list into pieces that tell of all places, newest first', () => {
  const calls = 9000;
  for (const step of [1, 3, 20]) {
    const list = Array.from({ length: Math.floor(calls / step) }, (_, i) => i * step + (step > 1 ? 1 : 0));
    const pieces = piecesOf(list, calls).map((piece) => decodePiece(encodePiece(piece)));
    expect(pieces.flatMap((piece) => piece.places)).toEqual(list);
    expect(pieces[0]?.from).toBe(0);
    expect(pieces.at(-1)?.end).toBe(calls);
    for (const [i, { end }] of pieces.slice(0, -1).entries()) expect(pieces[i + 1]?.from).toBe(end);
    expect(pieces.length).toBe(Math.ceil(list.length / 2048));
  }
});

it('finds the block of a term, and those of a beginning', () => {
  const block = fc.uniqueArray(term, { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(fc.array(block, { minLength: 1, maxLength: 6 }), term, (lists, beginning) => {
      const terms = [...new Set(lists.flat())].sort(compareTerms);
      const blocks = lists.map((_, i) => terms.filter((_each, at) => at % lists.length === i).length);
      const cuts = blocks.map((_, i) => blocks.slice(0, i).reduce((sum, n) => sum + n, 0));
      const firsts = cuts.filter((at) => at < terms.length).map((at, i) => (i === 0 ? '' : (terms[at] as string)));
      const inBlock = (at: number) => firsts.findLastIndex((first) => first <= (terms[at] as string));
      for (const [at, each] of terms.entries()) expect(blockOf(firsts, each)).toBe(inBlock(at));
      const [first, last] = blocksOf(firsts, beginning);
      for (const [at, each] of terms.entries())
        if (each.startsWith(beginning)) expect(inBlock(at) >= first && inBlock(at) <= last, each).toBe(true);
    }),
    { numRuns: 60 },
  );
});

it('gives back the calls of a segment', () => {
  const id = fc.oneof(fc.uuid(), fc.string());
  const call = fc.record({ id, own: fc.boolean(), agent: fc.option(fc.string()), at: fc.option(fc.nat()) }).map(
    ({ id: shown, own, agent, at }): FoundCall => ({
      ...{ id: shown, path: own ? '/calls/~0a/' : `/calls/${shown}/`, agent },
      ...(at !== null && { started: new Date(at * 1000).toISOString() }),
    }),
  );
  fc.assert(
    fc.property(fc.array(call, { maxLength: 20 }), (calls) => {
      expect(decodeFound(JSON.parse(JSON.stringify(encodeFound(calls))))).toEqual(calls);
    }),
    { numRuns: 40 },
  );
});
