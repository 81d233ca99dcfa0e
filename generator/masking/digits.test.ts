import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { digitsOf } from './digits.ts';

const valuesOf = (...texts: string[]) =>
  digitsOf(texts)
    .map(({ value }) => value)
    .join('');
const hex = (digit: string, length = 0) => (0x30 + Number(digit)).toString(16).padStart(length, '0');
const signOf = (digit: string, zero: number) => String.fromCodePoint(zero + Number(digit));

/** Ways to write one digit. */
const WAYS: { [name: string]: (digit: string) => string } = {
  plain: (digit) => digit,
  'in wide signs': (digit) => signOf(digit, 0xff10),
  'in Arabic': (digit) => signOf(digit, 0x660),
  'in Devanagari': (digit) => signOf(digit, 0x966),
  'in bold of mathematics': (digit) => signOf(digit, 0x1d7ce),
  'in the last row of mathematics': (digit) => signOf(digit, 0x1d7f6),
  'in Adlam': (digit) => signOf(digit, 0x1e950),
  superscript: (digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)] as string,
  'in circles': (digit) => '⓪①②③④⑤⑥⑦⑧⑨'[Number(digit)] as string,
  'in black circles': (digit) => '⓿❶❷❸❹❺❻❼❽❾'[Number(digit)] as string,
  'in circles without serifs': (digit) => ['🄋', ...'➀➁➂➃➄➅➆➇➈'][Number(digit)] as string,
  'in black circles without serifs': (digit) => ['🄌', ...'➊➋➌➍➎➏➐➑➒'][Number(digit)] as string,
  'in double circles': (digit) => ['⓿', ...'⓵⓶⓷⓸⓹⓺⓻⓼⓽'][Number(digit)] as string,
  'as an address has it': (digit) => `%${hex(digit)}`,
  'as an address in an address has it': (digit) => `%25${hex(digit)}`,
  'three times as an address has it': (digit) => `%2525${hex(digit)}`,
  'as markup has it': (digit) => `&#${48 + Number(digit)};`,
  'as markup has it, with zeros': (digit) => `&#00${48 + Number(digit)};`,
  'as markup has it in hexadecimal': (digit) => `&#x${hex(digit, 4)};`,
  'as markup has it in capitals': (digit) => `&#X${hex(digit).toUpperCase()};`,
  'as markup in markup has it': (digit) => `&amp;amp;#${48 + Number(digit)};`,
  'as a program has it': (digit) => `\\u${hex(digit, 4)}`,
  'as a program in a program has it': (digit) => `\\\\U${hex(digit, 4)}`,
};

describe('the digits of a text', () => {
  it.each(Object.keys(WAYS))('are all read where they are written %s', (name) => {
    const way = WAYS[name] as (digit: string) => string;
    for (const digit of '0123456789') expect([digit, valuesOf(way(digit))]).toEqual([digit, digit]);
  });

  it('are read however each is written, and whatever stands between', () => {
    const between = fc.constantFrom(
      '',
      '',
      ' ',
      '-',
      'x',
      ' é ',
      '&nbsp;',
      '%20',
      '&',
      '%',
      '\\',
      '🙂',
      '%C2%A0',
      '&#x;',
      '%zz',
    );
    const digit = fc.record({
      value: fc.constantFrom(...'0123456789'),
      way: fc.constantFrom(...Object.values(WAYS)),
      before: between,
    });
    fc.assert(
      fc.property(fc.array(digit, { maxLength: 12 }), (all) => {
        // What goes before may not make another sign of what follows.
        const written = all.map(({ value, way, before }) => `${before} ${way(value)}`).join('');
        expect(valuesOf(written)).toBe(all.map(({ value }) => value).join(''));
      }),
    );
  });

  it.each([
    '½',
    '⅓',
    '٪',
    'x',
    '&frac12;',
    '&eacute;',
    '%7',
    '%',
    '&#;',
    '&#x;',
    '\\u12',
    '\\',
    '&',
    '%e2%82%ac',
    '&#1114112;',
    '&#99999999;',
  ])('are none in %j but those that stand in it', (text) => {
    const plain = /^(?:%7|&frac12;|&#1114112;|&#99999999;|\\u12|%e2%82%ac)$/.test(text);
    if (!plain) expect(valuesOf(text)).toBe('');
    // Nothing before or behind is swallowed.
    expect(valuesOf(`1 ${text} 2`).startsWith('1')).toBe(true);
    expect(valuesOf(`1 ${text} 2`).endsWith('2')).toBe(true);
  });

  it('are those of a sign that stands for several', () => {
    expect(['⑩', '⑪', '⑳', '⒈', '㉑', '⓾', '❿'].map((sign) => valuesOf(sign))).toEqual([
      '10',
      '11',
      '20',
      '1',
      '21',
      '10',
      '10',
    ]);
    expect(['⑴', '⒈', '\\uff11', '&#xff12;', '🄂'].map((sign) => valuesOf(sign))).toEqual(['1', '1', '1', '2', '1']);
    const [one, zero] = digitsOf(['x⑩']);
    expect([one, zero]).toMatchObject([
      { value: '1', start: 1, end: 2, at: 1 },
      { value: '0', start: 1, end: 2, at: 1 },
    ]);
  });

  it('have their places in the text as it stands, and among the signs that it stands for', () => {
    expect(digitsOf(['a7', 'none', '%38x&#57;\\u0031'])).toEqual([
      { value: '7', text: 0, start: 1, end: 2, at: 1, joined: false, close: false },
      { value: '8', text: 2, start: 0, end: 3, at: 0, joined: false, close: false },
      { value: '9', text: 2, start: 4, end: 9, at: 2, joined: false, close: false },
      { value: '1', text: 2, start: 9, end: 15, at: 3, joined: true, close: true },
    ]);
    const spaced = digitsOf(['1&nbsp;2%20%2033']);
    expect(spaced.map(({ at, start }) => [at, start])).toEqual([
      [0, 0],
      [2, 7],
      [5, 14],
      [6, 15],
    ]);
    expect(digitsOf(['%31%32 %E2%82%AC3']).map(({ start, end, at }) => [start, end, at])).toEqual([
      [0, 6, 0],
      [0, 6, 1],
      [16, 17, 4],
    ]);
  });

  it.each([
    ['12', true, true],
    ['1 2', false, true],
    ['1, - 2', false, true],
    ['1 -- 2', false, true],
    ['1 --- 2', false, false],
    ['1x2', false, false],
    ['1&#9999999;2', false, true],
    ['1 é 2', false, false],
    ['1&nbsp;2', false, true],
    ['1%20%20%202', false, true],
    ['1%20%20%20%20%202', false, false],
    ['1&#120;2', false, false],
    ['1🙂2', false, true],
    ['1🙂🙂🙂2', false, false],
  ])('of %j are joined: %s, close: %s', (text, joined, close) => {
    expect(digitsOf([text])[1]).toMatchObject({ joined, close });
  });

  it('are never close to those of the text before', () => {
    expect(digitsOf(['1', '2'])).toMatchObject([{ close: false }, { text: 1, joined: false, close: false }]);
  });

  it('are close again after letters that are gone', () => {
    expect(digitsOf(['1x2 3']).map(({ close }) => close)).toEqual([false, false, true]);
  });
});
