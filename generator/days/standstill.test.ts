import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, daysBetween, weekdayOf } from '#shared/calendar/days.ts';
import { type ArrivalDay, arrivalsOf, standsStill } from './standstill.ts';

const LONDON = 'Europe/London';
const HOUR = 3_600_000;

/** Days with calls at these hours of the zone's clock; all zones here are hours apart from UTC. */
function calls(of: { [day: string]: readonly number[] }, { offset = 0, lag = 0, each = 3 } = {}) {
  const days = new Map<string, ArrivalDay>();
  for (const [day, hours] of Object.entries(of)) {
    if (hours.length === 0) continue;
    const started = Date.parse(`${day}T00:10:00Z`) + ((hours.at(-1) as number) - offset) * HOUR;
    const counts = { calls: hours.length * each, hours: Object.fromEntries(hours.map((hour) => [hour, each])) };
    days.set(day, {
      agents: { ann: { counts } },
      started: new Date(started).toISOString(),
      processed: new Date(started + lag * HOUR).toISOString(),
    });
  }
  return days;
}

const OFFICE = [9, 10, 11, 12, 13, 14, 15, 16];
const ROUND = Array.from({ length: 24 }, (_, hour) => hour);
const isWorkday = (day: string) => ![0, 6].includes(weekdayOf(day));
/** From one day to another, with no call where it says so. */
const office = (from: string, to: string, off: readonly string[] = []) =>
  Object.fromEntries(daysBetween(from, to).map((day) => [day, isWorkday(day) && !off.includes(day) ? OFFICE : []]));

describe('when a newer call is expected', () => {
  it('passes over night and week-end, and comes after a working day and a quarter', () => {
    // Tuesday's last call began at 16:10; Wednesday's eight hours and two of Thursday's are silent.
    expect(arrivalsOf(calls(office('2026-01-05', '2026-02-03')), LONDON)).toEqual({
      lastCallAt: '2026-02-03T16:10:00.000Z',
      callsExpectedBy: '2026-02-05T11:00:00.000Z',
    });
    expect(arrivalsOf(calls(office('2026-01-05', '2026-02-06')), LONDON)?.callsExpectedBy).toBe(
      '2026-02-10T11:00:00.000Z',
    );
  });

  it('is later where a silence of that length has been usual, and by the time that processing takes', () => {
    const off = ['2026-01-20', '2026-01-21'];
    expect(arrivalsOf(calls(office('2026-01-05', '2026-02-03', off)), LONDON)?.callsExpectedBy).toBe(
      '2026-02-06T17:00:00.000Z',
    );
    expect(arrivalsOf(calls(office('2026-01-05', '2026-02-03'), { lag: 12 }), LONDON)?.callsExpectedBy).toBe(
      '2026-02-05T23:00:00.000Z',
    );
  });

  it('is 30 hours after the last one where calls come round the clock', () => {
    const days = calls(Object.fromEntries(daysBetween('2026-01-05', '2026-02-03').map((day) => [day, ROUND])));
    expect(arrivalsOf(days, 'UTC')).toEqual({
      lastCallAt: '2026-02-03T23:10:00.000Z',
      callsExpectedBy: '2026-02-05T06:00:00.000Z',
    });
  });

  it.each([
    ['2026-03-02', '2026-03-27', 'Europe/London', '2026-03-31T10:00:00.000Z'],
    ['2026-10-01', '2026-10-23', 'Europe/London', '2026-10-27T11:00:00.000Z'],
    ['2026-12-01', '2026-12-31', 'Europe/London', '2027-01-04T11:00:00.000Z'],
  ])('is by the clock of the zone after %s to %s in %s', (from, to, zone, by) => {
    const summer = to.startsWith('2026-10');
    expect(arrivalsOf(calls(office(from, to), { offset: summer ? 1 : 0 }), zone)?.callsExpectedBy).toBe(by);
  });

  it('is not known of a new organization, of one with few calls, or of none', () => {
    expect(arrivalsOf(new Map(), LONDON)).toBeUndefined();
    expect(arrivalsOf(calls(office('2026-01-29', '2026-02-03')), LONDON)).toEqual({
      lastCallAt: '2026-02-03T16:10:00.000Z',
    });
    const few = Object.fromEntries(daysBetween('2026-01-05', '2026-01-20').map((day) => [day, [9]]));
    expect(arrivalsOf(calls(few, { each: 1 }), LONDON)?.callsExpectedBy).toBeUndefined();
  });

  it('counts any hour where none is usual', () => {
    // Two or three calls a week, never at the same time of it: the longest silence is 65 hours.
    const hours = daysBetween('2026-01-05', '2026-02-01').map((day, i): [string, number[]] => [
      day,
      i % 3 === 0 ? [(i * 7) % 24] : [],
    ]);
    const { lastCallAt, callsExpectedBy } = arrivalsOf(calls(Object.fromEntries(hours)), 'UTC') ?? expect.fail();
    const wait = Date.parse(callsExpectedBy ?? expect.fail()) - Date.parse(lastCallAt);
    expect(wait).toBeGreaterThan(4 * 24 * HOUR);
    expect(wait).toBeLessThan(8 * 24 * HOUR);
  });

  it('takes calls of which only the day is known', () => {
    const days = new Map<string, ArrivalDay>(
      daysBetween('2026-01-05', '2026-02-03').map((day) => [
        day,
        { agents: { ann: { counts: { calls: 3, hours: {} } } }, started: day },
      ]),
    );
    expect(arrivalsOf(days, 'UTC')).toEqual({
      lastCallAt: '2026-02-03T23:59:59.999Z',
      callsExpectedBy: '2026-02-05T06:00:00.000Z',
    });
  });
});

it('no day without a call in a rhythm that goes on is a standstill', () => {
  const rhythm = fc.record({
    days: fc.subarray([0, 1, 2, 3, 4, 5, 6], { minLength: 2 }),
    hours: fc.subarray(ROUND, { minLength: 2 }),
  });
  fc.assert(
    fc.property(rhythm, fc.integer({ min: 30, max: 90 }), ({ days, hours }, length) => {
      const all = daysBetween('2026-02-01', addDays('2026-02-01', length)).map((day): [string, number[]] => [
        day,
        days.includes(weekdayOf(day)) ? hours : [],
      ]);
      const next = all.filter(([, of]) => of.length > 0);
      const [day = ''] = next.pop() ?? [];
      const { callsExpectedBy = '' } = arrivalsOf(calls(Object.fromEntries(next)), 'UTC') ?? {};
      // The first call of the next day that has some comes in time.
      expect(Date.parse(callsExpectedBy)).toBeGreaterThan(Date.parse(`${day}T00:10:00Z`) + (hours[0] as number) * HOUR);
    }),
    { numRuns: 20 },
  );
});

it('stands still only once that time is over', () => {
  const callsExpectedBy = '2026-02-05T11:00:00.000Z';
  const at = Date.parse(callsExpectedBy);
  expect([at, at + 1].map((now) => standsStill({ callsExpectedBy }, now))).toEqual([false, true]);
  expect(standsStill({}, at)).toBe(false);
});
