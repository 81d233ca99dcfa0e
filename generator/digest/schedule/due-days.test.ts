import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '#shared/calendar/days.ts';
import { endOfDay } from '../../lib/time.ts';
import type { Weekday } from '../../tenants/config.ts';
import { dueDays, sendingTime } from './due.ts';

const HOUR = 3_600_000;
const EVERY_DAY: Weekday[] = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

interface Sent {
  day: string;
  /** Instant of the run. */
  at: number;
}

/** What runs at these instants send, with a ledger that remembers days; each run comes after a build. */
function sentBy(runs: readonly number[], timeZone: string, time = '07:00'): Sent[] {
  const sent: Sent[] = [];
  for (const at of runs) {
    const now = new Date(at);
    const due = dueDays({ now, listedAt: now.toISOString(), config: { timeZone, digest: { time, days: EVERY_DAY } } });
    if ('reason' in due) continue;
    const newest = due.days.at(-1) as string;
    const first = sent[0]?.day ?? newest;
    for (const day of due.days) if (day >= first && !sent.some((each) => each.day === day)) sent.push({ day, at });
  }
  return sent;
}

const hourly = (from: string, days: number): number[] =>
  Array.from({ length: days * 24 }, (_, i) => Date.parse(from) + i * HOUR);
const daysOf = (sent: readonly Sent[]): string[] => sent.map(({ day }) => day);

/** The days that the zone had, from one to another. */
function calendar(from: string, to: string, timeZone: string): string[] {
  const days: string[] = [];
  for (let day = from; day <= to; day = addDays(day, 1))
    if (endOfDay(day, timeZone) > endOfDay(addDays(day, -1), timeZone)) days.push(day);
  return days;
}

/** A zone, the day about which something is odd, and its hours. */
const ODD: [timeZone: string, day: string, hours: number][] = [
  ['Europe/London', '2026-03-29', 23],
  ['Europe/London', '2026-10-25', 25],
  ['Australia/Sydney', '2026-10-04', 23],
  ['Australia/Lord_Howe', '2026-04-05', 24.5],
  ['Africa/Cairo', '2026-04-24', 23], // Without midnight.
  ['America/Sao_Paulo', '2018-11-04', 23], // Without midnight.
  ['Asia/Kathmandu', '2026-03-10', 24], // +5:45.
  ['Pacific/Kiritimati', '2026-03-10', 24], // +14.
  ['Pacific/Apia', '2011-12-30', 0], // Skipped by the date line.
];
const lengthOf = (day: string, timeZone: string) =>
  (endOfDay(day, timeZone) - endOfDay(addDays(day, -1), timeZone)) / HOUR;

describe('every local day', () => {
  it.each(ODD)('is sent once, and not before its time, in %s around %s of %f hours', (timeZone, day, hours) => {
    expect(lengthOf(day, timeZone)).toBe(hours);
    for (const time of ['00:00', '02:30', '07:00', '23:59']) {
      const sent = sentBy(hourly(`${addDays(day, -4)}T00:20:00Z`, 9), timeZone, time);
      const days = daysOf(sent);
      expect(days).toEqual(calendar(days[0] as string, days.at(-1) as string, timeZone));
      expect(days.filter((each) => Math.abs(Date.parse(each) - Date.parse(day)) <= 2 * 24 * HOUR).length).toBe(
        hours === 0 ? 4 : 5,
      );
      for (const { day: each, at } of sent.slice(1)) {
        const due = Math.max(sendingTime(each, time, timeZone), endOfDay(each, timeZone) + HOUR);
        expect(at - due).toBeGreaterThanOrEqual(0);
        expect(at - due).toBeLessThanOrEqual(HOUR);
      }
    }
  });

  it('is sent once where a run comes seven hours late', () => {
    const runs = hourly('2026-03-09T00:00:00Z', 4).map((at) => (new Date(at).getUTCDate() === 11 ? at + 7 * HOUR : at));
    expect(daysOf(sentBy(runs, 'UTC'))).toEqual(['2026-03-07', '2026-03-08', '2026-03-09', '2026-03-10', '2026-03-11']);
  });

  it('is sent once where there was no run on three days, oldest first', () => {
    const runs = hourly('2026-03-09T08:00:00Z', 7).filter(
      (at) => at < Date.parse('2026-03-10') || at > Date.parse('2026-03-13T12:00:00Z'),
    );
    const sent = sentBy(runs, 'Europe/London');
    expect(daysOf(sent)).toEqual(calendar('2026-03-08', '2026-03-15', 'Europe/London').slice(0, sent.length));
    const caughtUp = sent.filter(({ at }) => at === runs[16]);
    expect(daysOf(caughtUp)).toEqual(['2026-03-09', '2026-03-10', '2026-03-11', '2026-03-12']);
  });

  it('is sent once however runs come, if one comes every three days', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ODD),
        fc.constantFrom('00:00', '01:30', '07:00', '23:59'),
        fc.array(fc.integer({ min: 1, max: 72 * 60 }), { minLength: 2, maxLength: 40 }),
        ([timeZone, day], time, minutes) => {
          let at = Date.parse(`${addDays(day, -10)}T00:00:00Z`);
          const runs = minutes.map((each) => (at += each * 60_000));
          const days = daysOf(sentBy(runs, timeZone, time));
          expect(days).toEqual(days.length === 0 ? [] : calendar(days[0] as string, days.at(-1) as string, timeZone));
        },
      ),
      { numRuns: 200 },
    );
  });
});
