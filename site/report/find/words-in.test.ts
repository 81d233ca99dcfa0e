import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wordsOf } from '#shared/search/terms.ts';
import { wordsIn } from './words-in.ts';

const shown = (text: string) => wordsIn(text).map(({ term, from, to }) => [term, text.slice(from, to)]);

describe('words with their places', () => {
  it.each([
    [
      'Straße, Café!',
      [
        ['straße', 'Straße'],
        ['cafe', 'Café'],
      ],
    ],
    [
      "I don't.",
      [
        ['i', 'I'],
        ['dont', "don't"],
      ],
    ],
    [
      'order 12-34',
      [
        ['order', 'order'],
        ['12', '12'],
        ['34', '34'],
      ],
    ],
    [
      '<script>x</script>',
      [
        ['script', 'script'],
        ['x', 'x'],
        ['script', 'script'],
      ],
    ],
    [
      'foo™ bar',
      [
        ['footm', 'foo™'],
        ['bar', 'bar'],
      ],
    ],
    ['', []],
  ])('%j', (text, words) => expect(shown(text)).toEqual(words));

  it('marks a word that is written without spaces alone', () => {
    const text = '返金をお願いします';
    expect(shown(text).map(([, place]) => place)).toContain('返金');
  });

  it('are those of the index, whatever the text', () => {
    const signs = fc.constantFrom(
      'a',
      'É',
      'ß',
      'ﬁ',
      "'",
      '’',
      's',
      ' ',
      '-',
      '™',
      '½',
      '金',
      '返',
      'ก',
      'ำ',
      '\u0301',
      '😀',
      '\ud800',
      '1',
    );
    const texts = fc.oneof(fc.string({ unit: signs, maxLength: 14 }), fc.string({ unit: 'binary', maxLength: 10 }));
    fc.assert(
      fc.property(texts, (text) => {
        expect(wordsIn(text).map(({ term }) => term)).toEqual(wordsOf(text));
      }),
      { numRuns: 60 },
    );
  });
});
