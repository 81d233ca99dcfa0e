import fc from 'fast-check';
import { expect, it } from 'vitest';
import { saidOf } from './said.ts';
import { keysOf } from './words.ts';

const PIECES = [
  "it's",
  '5’6',
  "rock''n",
  'b5',
  'A',
  ' ',
  ', ',
  'ü',
  'straße',
  '\u0301',
  'ﷺ',
  '\u037a',
  '山田',
  '\t',
  '\u00a0',
  '\u0001',
  '\n',
];
const text = fc.array(fc.constantFrom(...PIECES), { maxLength: 8 }).map((pieces) => pieces.join(''));
const long = fc.tuple(text, fc.integer({ min: 1, max: 60 })).map(([piece, times]) => `${piece} `.repeat(times));
const turnsOf = fc.array(fc.oneof(text, long, fc.string({ unit: 'binary' })), { maxLength: 6 });

it('has the words of all turns, and finds some of them wherever they follow each other', () => {
  fc.assert(
    fc.property(turnsOf, fc.nat(), fc.integer({ min: 1, max: 3 }), fc.nat(), (turns, start, length, after) => {
      const said = saidOf(turns);
      const all = turns.flatMap(keysOf);
      expect(said.keys()).toEqual(all);
      expect(said.count).toBe(all.length);
      expect(said.starts).toEqual(turns.map((_, i) => turns.slice(0, i).flatMap(keysOf).length));
      if (all.length < length) return;
      const first = start % (all.length - length + 1);
      const wanted = all.slice(first, first + length);
      const from = after % all.length;
      const places = all.flatMap((_, i) => (i >= from && wanted.every((key, j) => all[i + j] === key) ? [i] : []));
      expect(said.saidAt(wanted, from, 2)).toEqual(places.slice(0, 2));
    }),
  );
});
