import { expect, it } from 'vitest';
import { arrivalsOf } from '../../days/standstill.ts';
import { nextExpectedBy } from './rhythm.ts';

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

it('a weekend is no standstill where nobody works then, and a working day and a quarter without a record is one', () => {
  // The last on Friday 27 March at 17:00: Monday's ten hours and three of Tuesday's are silent.
  expect(nextExpectedBy(workWeeks(4, WEEKDAYS), 'UTC')).toBe('2026-03-31T11:00:00.000Z');
});

it('a gap that has been before has to be half as long again', () => {
  const calls = workWeeks(4, WEEKDAYS).filter((at) => !/-03-1[89]T/.test(new Date(at).toISOString()));
  // Two silent days of ten hours: three working days.
  expect(nextExpectedBy(calls, 'UTC')).toBe('2026-04-01T18:00:00.000Z');
});

it('hours are those of the zone, and many records in a quarter of an hour count as many', () => {
  const zone = 'Asia/Kolkata';
  const calls = workWeeks(4, WEEKDAYS).flatMap((at) => [at, at + 60_000, at + 16 * 60_000]);
  const days = new Map<
    string,
    { started: string; agents: Record<string, { counts: { calls: number; hours: Record<string, number> } }> }
  >();
  for (const at of calls) {
    const local = new Date(at + 5.5 * HOUR).toISOString();
    const day = days.get(local.slice(0, 10)) ?? { started: '', agents: { ann: { counts: { calls: 0, hours: {} } } } };
    const counts = day.agents.ann?.counts ?? { calls: 0, hours: {} };
    const hour = String(Number(local.slice(11, 13)));
    counts.calls += 1;
    counts.hours[hour] = (counts.hours[hour] ?? 0) + 1;
    day.started = new Date(at).toISOString();
    days.set(local.slice(0, 10), day);
  }
  const by = nextExpectedBy(calls, zone);
  expect(by).toBe(arrivalsOf(days, zone)?.callsExpectedBy);
  expect(by).toBeDefined();
  const shuffled = [...calls].reverse();
  expect(nextExpectedBy(shuffled, zone)).toBe(by);
});

it('few records have no rhythm, and neither have those of one week', () => {
  expect(nextExpectedBy([], 'UTC')).toBeUndefined();
  expect(nextExpectedBy(workWeeks(4, [1]).slice(0, 19), 'UTC')).toBeUndefined();
  expect(nextExpectedBy(workWeeks(1, WEEKDAYS), 'UTC')).toBeUndefined();
});
