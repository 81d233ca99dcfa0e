import { describe, expect, it } from 'vitest';
import { callOn, reportFrom } from '../fixtures/report.ts';
import { silenceOf, standingOf } from './standing.ts';

const stands = (days: string[]) =>
  standingOf(reportFrom(days.map((day) => callOn(day))).report, { from: '2025-12-09', to: '2025-12-09' });

describe('a day', () => {
  it.each([
    [['2025-12-09'], 'calls'],
    [['2025-12-02', '2025-12-08'], 'late'],
    [['2025-11-11'], 'late'],
    [['2025-11-10', '2025-12-08'], 'quiet'],
    [['2025-11-04'], 'quiet'],
    [['2025-12-02', '2025-12-10'], 'quiet'],
    [[], 'quiet'],
  ])('with calls on %j is %s', (days, expected) => {
    expect(stands(days)).toBe(expected);
  });
});

describe('silence', () => {
  it.each<[days: string[], since: string | null]>([
    [['2025-12-02'], 'Tue 2 Dec'],
    [['2024-12-09'], 'Mon 9 Dec 2024'],
    [['2025-12-03'], null],
    [['2024-12-09', '2025-12-10'], null],
    [[], null],
  ])('of a week is told with the last day that had a call: %j', (days, since) => {
    const { report } = reportFrom(days.map((day) => callOn(day)));
    expect(silenceOf(report, '2025-12-09')?.day ?? null).toBe(since);
  });
});
