import { expect, test } from 'vitest';
import { factsOf } from './row-facts.ts';

test('a row has its rules as a call has them, in their order and whatever they are called', () => {
  const rules = Object.assign(Object.create(null), { notes: true, constructor: false });
  expect(factsOf({ id: 'c01', rules })).toEqual({
    id: 'c01',
    sentiment: undefined,
    rules: [
      { rule: 'notes', pass: true },
      { rule: 'constructor', pass: false },
    ],
  });
});

test.each([
  { row: { sentimentLabel: 'negative' as const, sentiment: -0.7 }, is: { label: 'negative', score: -0.7 } },
  { row: { sentiment: 0 }, is: { label: undefined, score: 0 } },
  { row: { sentimentLabel: 'mixed' as const }, is: { label: 'mixed', score: undefined } },
  { row: {}, is: undefined },
])('the sentiment of a row is that of its label and score: $is', ({ row, is }) => {
  expect(factsOf({ ...row, rules: {} }).sentiment).toEqual(is);
});
