import { expect, it } from 'vitest';
import { standstillOf } from './rhythm.ts';

const HOUR = 3_600_000;
/** Hourly from 8 to 17 on the given weekdays (0 = Sunday), for some weeks from Monday 2 March 2026 on. */
function workWeeks(weeks: number, weekdays: readonly number[]): number[] {
  const calls: number[] = [];
  for (let day = 0; day < weeks * 7; day++) {
    const start = Date.parse('2026-03-02T08:00:00Z') + day * 24 * HOUR;
    if (!weekdays.includes(new Date(start).getUTCDay())) continue;
    for (let hour = 0; hour < 10; hour++) calls.push(start + hour * HOUR);
  }
  return calls;
}
const WEEKDAYS = [1, 2, 3, 4, 5];
const isStill = (arrivals: readonly number[], now: string, zone = 'UTC') => {
  const { ms = 0, longestMs = 0 } = standstillOf(arrivals, Date.parse(now), zone) ?? {};
  return ms >= longestMs;
};

it('a weekend is no standstill where nobody works then, and a working day without a call is one', () => {
  const calls = workWeeks(4, WEEKDAYS); // the last on Friday 27 March at 17:00
  expect(isStill(calls, '2026-03-29T23:00:00Z')).toBe(false);
  expect(isStill(calls, '2026-03-30T10:00:00Z')).toBe(false);
  expect(isStill(calls, '2026-03-30T23:59:00Z')).toBe(true);
});

it('where calls come every day, a day and a night are one', () => {
  const calls = workWeeks(4, [0, 1, 2, 3, 4, 5, 6]); // the last on Sunday 29 March at 17:00
  expect(isStill(calls, '2026-03-30T16:00:00Z')).toBe(false);
  expect(isStill(calls, '2026-03-30T18:00:00Z')).toBe(true);
});

it('a gap that has been before has to be half as long again', () => {
  const calls = workWeeks(4, WEEKDAYS).filter((at) => {
    const day = new Date(at).toISOString().slice(0, 10);
    return day !== '2026-03-18' && day !== '2026-03-19';
  });
  const { longestMs } = standstillOf(calls, Date.parse('2026-03-30T00:00:00Z'), 'UTC') ?? {};
  // From Tuesday 17:00 to Friday 8:00.
  expect(longestMs).toBe(1.5 * 63 * HOUR);
  expect(isStill(calls, '2026-03-31T23:59:00Z')).toBe(false);
});

it('days are those of the zone', () => {
  const calls = workWeeks(4, WEEKDAYS);
  // In Auckland, Friday 17:00 UTC is Saturday, on which calls come there every week; Sunday is not over before 11:00 UTC.
  expect(isStill(calls, '2026-03-30T10:00:00Z', 'Pacific/Auckland')).toBe(false);
});

it('few calls have no rhythm, and neither have those of a few days', () => {
  expect(standstillOf([], 0, 'UTC')).toBeUndefined();
  expect(standstillOf(workWeeks(4, [1]).slice(0, 19), Date.now(), 'UTC')).toBeUndefined();
  expect(standstillOf(workWeeks(1, WEEKDAYS), Date.now(), 'UTC')).toBeUndefined();
});
