import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareTerms } from './compare.ts';
import { leadOf } from './stem.ts';
import { filterTerm, isWord, wordsOf } from './terms.ts';

describe('the words of a text', () => {
  it.each([
    ['Where is my Parcel, 4711-B?', ['where', 'is', 'my', 'parcel', '4711', 'b']],
    ['Café CAFÉ ｃａｆｅ cafe\u0301', ['cafe', 'cafe', 'cafe', 'cafe']],
    ["don't don’t we'll O'Brien", ['dont', 'dont', 'well', 'o', 'brien']],
    ["L'eau d’une qu'il", ['l', 'eau', 'd', 'une', 'qu', 'il']],
    ['Straße ΟΔΟΣ İzmir ﬁne', ['straße', 'οδοσ', 'izmir', 'fine']],
    ['हिन्दी में', ['हिन्दी', 'में']],
    ['Ёлка, мой', ['елка', 'мой']],
    ['한국어 지원', ['한국어', '지원']],
    ['東京都、大阪', ['東京', '都', '大阪']],
    ['ลูกค้าโทรมา', ['ลูกค้า', 'โทร', 'มา']],
    ['שלום עולם', ['שלום', 'עולם']],
    ['<script>alert(1)</script> __proto__', ['script', 'alert', '1', 'script', 'proto']],
    [' … — !?', []],
  ])('%s', (text, words) => {
    expect(wordsOf(text)).toEqual(words);
  });

  it('are no longer than forty code units, and never half a sign', () => {
    expect(wordsOf('x'.repeat(10_000))).toEqual(['x'.repeat(40)]);
    const [word] = wordsOf(`${'x'.repeat(39)}𠀀𠀀`);
    expect(word?.isWellFormed()).toBe(true);
  });

  it('are well formed, no filter, and their own words, whatever the text', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 0x10ffff }), { maxLength: 60 }), (points) => {
        const text = String.fromCodePoint(...points);
        const words = wordsOf(`${text} \ud800${text}`);
        expect(words.filter((word) => !word.isWellFormed() || !isWord(word))).toEqual([]);
        // Where spaces are written: what is cut elsewhere may be cut otherwise by itself.
        const latin = words.filter((word) => /^[\p{Script=Latin}\p{N}]+$/u.test(word));
        expect(latin.flatMap(wordsOf)).toEqual(latin);
      }),
      { numRuns: 60 },
    );
  });
});

it('gives filters a term that no word is and that stands before all words', () => {
  expect(filterTerm('agent', 'ann@agents.example')).toBe('!agent:ann@agents.example');
  expect(filterTerm('topic', ' Late\n parcel \ud800')).toBe('!topic:Late parcel \ufffd');
  expect(filterTerm('topic', 'x'.repeat(999))).toHaveLength(207);
  for (const word of wordsOf('0 a é 東京')) {
    expect(isWord(word)).toBe(true);
    expect(compareTerms(filterTerm('topic', 'x'), word)).toBe(-1);
  }
  expect(isWord(filterTerm('topic', ''))).toBe(false);
});

it('puts terms in order by code units, also above U+FFFF', () => {
  const terms = ['\ufffd', '😀', 'b', 'a', 'é', ''];
  expect(terms.sort(compareTerms)).toEqual(['', 'a', 'b', 'é', '😀', '\ufffd']);
});

it('knows what the words of a stem begin with', () => {
  expect(['run', 'tri', 'go', 'cancel', 'happi'].map(leadOf)).toEqual(['run', 'tr', 'go', 'cance', 'happ']);
});
