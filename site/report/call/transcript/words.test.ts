import fc from 'fast-check';
import { expect, it } from 'vitest';
import { keysOf, spacedWords, wordsOf } from './words.ts';

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

it('counts the words between white space of any kind', () => {
  const every = Array.from({ length: 0x1_0000 }, (_, code) => String.fromCharCode(code));
  for (const sign of every) expect(spacedWords(`a${sign}a`)).toBe(`a${sign}a`.match(/\S+/g)?.length);
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => spacedWords(text) === (text.match(/\S+/g)?.length ?? 0)),
  );
});
