import { expect, test } from 'vitest';
import { afterSilence, areFarApart, turnAt } from './times.ts';

const turns = [
  { place: 1, start: 2, end: 5 },
  { place: 2, start: 5, end: 6 },
  { place: 3, start: 5.5, end: 20 },
  { place: 4, start: 9, end: 10 },
  { place: 5, start: 30, end: 31 },
  { place: 6, start: 31.9, end: 33 },
];

test('the turn at a time is the last that has begun, also in a pause after it', () => {
  for (const [seconds, place] of [
    [0, undefined],
    [1.99, undefined],
    [2, 1],
    [5, 2],
    [5.6, 3],
    [19, 4],
    [29, 4],
    [30, 5],
    [99, 6],
  ])
    expect([seconds, turnAt(turns, Number(seconds))?.place]).toEqual([seconds, place]);
  expect(turnAt([], 3)).toBe(undefined);
});

test('a silence ends shortly before the next turn; where somebody still speaks, or nobody will, there is none', () => {
  for (const [seconds, then] of [
    [0, 1.8],
    [1.9, undefined],
    [3, undefined],
    [15, undefined],
    [20, 29.8],
    [29, 29.8],
    [29.9, undefined],
    [31.5, undefined],
    [40, undefined],
  ])
    expect([seconds, afterSilence(turns, Number(seconds))]).toEqual([seconds, then]);
});

test('two lengths are far apart where they differ by more than a twentieth of the call', () => {
  expect([areFarApart(105, 100), areFarApart(95, 100), areFarApart(105.1, 100), areFarApart(94.9, 100)]).toEqual([
    false,
    false,
    true,
    true,
  ]);
  expect([areFarApart(5, undefined), areFarApart(Number.POSITIVE_INFINITY, 100), areFarApart(Number.NaN, 100)]).toEqual(
    [false, false, false],
  );
});
