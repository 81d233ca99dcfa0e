import fc from 'fast-check';
import { expect, it } from 'vitest';
import { digitsOf } from './digits.ts';
import { pseudonymOf } from './pseudonym.ts';
import { MARK, type Span, spansOf, withSpans } from './spans.ts';

const marks = (text: string) => Uint8Array.from(text, (mark) => ({ '.': 0, p: MARK.part, e: MARK.end })[mark] ?? 0);

it.each<[texts: string[], marks: string, spans: [start: number, end: number, shown: string][][]]>([
  [['12'], '..', []],
  [['12'], 'ee', [[[0, 2, 'X']]]],
  [['1 2'], 'pe', [[[0, 3, 'X']]]],
  [['1 2'], 'pp', [[[0, 3, '••']]]],
  [['1 2'], 'ep', [[[0, 3, 'X']]]],
  [
    ['1 or 2'],
    'pe',
    [
      [
        [0, 1, '••'],
        [5, 6, 'X'],
      ],
    ],
  ],
  [
    ['1 2 3'],
    'p.e',
    [
      [
        [0, 1, '••'],
        [4, 5, 'X'],
      ],
    ],
  ],
  [['1', '2'], 'pe', [[[0, 1, '••']], [[0, 1, 'X']]]],
])('of %j marked %s the spans are %j', (texts, marked, spans) => {
  const found = spansOf(digitsOf(texts), marks(marked), 'X');
  expect(found.map((own) => own?.map(({ start, end, shown }) => [start, end, shown]) ?? [])).toEqual(spans);
});

it.each<[text: string, spans: Span[], shown: string]>([
  ['abc', [], 'abc'],
  ['abc', [{ start: 1, end: 2, shown: 'X' }], 'aXc'],
  ['abc', [{ start: 0, end: 3, shown: 'X' }], 'X'],
  [
    'abcd',
    [
      { start: 2, end: 4, shown: 'Y' },
      { start: 0, end: 1, shown: 'X' },
    ],
    'XbY',
  ],
  [
    'abcd',
    [
      { start: 0, end: 3, shown: 'X' },
      { start: 1, end: 2, shown: 'Y' },
    ],
    'Xd',
  ],
  [
    'abcd',
    [
      { start: 0, end: 3, shown: 'X' },
      { start: 1, end: 3, shown: 'Y' },
    ],
    'Xd',
  ],
  [
    'abcd',
    [
      { start: 0, end: 2, shown: 'X' },
      { start: 1, end: 4, shown: 'Y' },
    ],
    'XY',
  ],
  [
    'abcd',
    [
      { start: 1, end: 2, shown: 'Y' },
      { start: 1, end: 4, shown: 'X' },
    ],
    'aX',
  ],
  ['ring +1', [{ start: 6, end: 7, shown: 'X' }], 'ring X'],
  ['ring (+(1', [{ start: 8, end: 9, shown: 'X' }], 'ring X'],
  [
    '+1+2',
    [
      { start: 1, end: 2, shown: 'X' },
      { start: 3, end: 4, shown: 'Y' },
    ],
    'XY',
  ],
  ['-1', [{ start: 1, end: 2, shown: 'X' }], '-X'],
])('%j with %j is %j', (text, spans, shown) => {
  expect(withSpans(text, spans)).toBe(shown);
});

it('no character of a span is left, and every other one but a + or ( before it', () => {
  const span = fc
    .tuple(fc.nat(12), fc.nat(12))
    .map(([a, b]) => ({ start: Math.min(a, b), end: Math.max(a, b), shown: '|' }));
  fc.assert(
    fc.property(fc.array(span, { maxLength: 5 }), (spans) => {
      const text = 'abcdefghijkl';
      const kept = [...text].filter((_, i) => !spans.some(({ start, end }) => start <= i && i < end)).join('');
      expect(withSpans(text, spans).replaceAll('|', '')).toBe(kept);
    }),
  );
});

it('a pseudonym shows two digits, and hangs on key, organization and party', () => {
  const own = pseudonymOf('k', 'org_1', '441632960001');
  expect(own).toMatch(/^••01-[0-9a-f]{10}$/);
  expect(pseudonymOf('k', 'org_1', '441632960001')).toBe(own);
  const others = [
    pseudonymOf('j', 'org_1', '441632960001'),
    pseudonymOf('k', 'org_2', '441632960001'),
    pseudonymOf('k', 'org_1', '441632961001'),
    pseudonymOf('k', '', 'org_1\n441632960001'),
  ];
  expect(new Set([own, ...others]).size).toBe(5);
  expect(pseudonymOf('k', 'org_1', 'jane@home.example', '7')).toMatch(/^••7-[0-9a-f]{10}$/);
  expect(pseudonymOf('k', 'org_1', 'jane@home.example', '')).toMatch(/^••-[0-9a-f]{10}$/);
});
