import fc from 'fast-check';
import { expect, it } from 'vitest';
import { keysOf, wordsOf } from './words.ts';

const PIECES = [
  'it’s',
  "Don't",
  'Straße',
  'naïve',
  'you',
  '2026',
  '你好',
  ' ',
  ', ',
  '’',
  "'",
  '.',
  'é',
  'E\u0301',
  '\n',
];

it('finds the same words with and without their places', () => {
  const texts = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(fc.constantFrom(...PIECES)).map((pieces) => pieces.join('')),
  );
  fc.assert(
    fc.property(texts, (text) => {
      expect(keysOf(text)).toEqual(wordsOf(text).keys);
    }),
  );
});
