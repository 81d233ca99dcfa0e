import { expect, test } from 'vitest';
import { labelOf, linesOf } from './insight.ts';

test('it makes labels of keys', () => {
  expect(['next_steps', 'customerSatisfied', ' key-phrases ', '__'].map(labelOf)).toEqual([
    'Next steps',
    'Customer Satisfied',
    'Key phrases',
    '__',
  ]);
});

test('it writes any JSON value in lines', () => {
  expect(linesOf(null)).toEqual([]);
  expect(linesOf(false)).toEqual(['No']);
  expect(linesOf(-2)).toEqual(['−2']);
  expect(linesOf(['a', null, 'b'])).toEqual(['a', 'b']);
  expect(linesOf([{ action: 'call', due_date: null, who: ['x', 'y'] }])).toEqual(['Action: call; Who: x, y']);
  expect(linesOf({ owner: 'Ann', done: true })).toEqual(['Owner: Ann', 'Done: Yes']);
});
