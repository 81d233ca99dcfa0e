import { expect, test } from 'vitest';
import { addDays, isWeekend, weeks } from '../calendar/days.ts';
import { failedOf, heatStep, qaChecks, rateOf, ratio } from './rate.ts';

test('it takes the steps of the heat ramp at what a reader sees', () => {
  expect([1, 0.95, 0.9499, 0.88, 0.8, 0.7, 0.6, 0.594, 0].map(heatStep)).toEqual([0, 0, 0, 1, 2, 3, 4, 5, 5]);
});

test('it has no rate of nothing', () => {
  expect([rateOf({ evaluated: 0, passed: 0 }), ratio(1, 0), ratio(undefined, 3), ratio(1, 4)]).toEqual([
    undefined,
    undefined,
    undefined,
    0.25,
  ]);
});

test('the evaluated calls of totals are checks; without the column there is none', () => {
  expect(failedOf(qaChecks({ qaEvaluated: 9, qaPassed: 7 }))).toBe(2);
  expect(qaChecks({})).toEqual({ evaluated: 0, passed: 0 });
});

test('it counts days over months and changes of clocks', () => {
  expect([addDays('2025-12-31', 1), addDays('2026-03-29', -1), addDays('2024-02-28', 1)]).toEqual([
    '2026-01-01',
    '2026-03-28',
    '2024-02-29',
  ]);
  expect(['2025-12-06', '2025-12-07', '2025-12-08'].map(isWeekend)).toEqual([true, true, false]);
});

test('it cuts weeks from the end', () => {
  const days = Array.from({ length: 16 }, (_, i) => i);
  expect(weeks(days).map((week) => [week[0], week.length])).toEqual([
    [0, 2],
    [2, 7],
    [9, 7],
  ]);
  expect(weeks([1, 2, 3])).toEqual([[1, 2, 3]]);
});
