import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, weekdayOf } from '#shared/calendar/days.ts';
import { endOfDay } from '../../lib/time.ts';
import type { DigestKind, DigestSchedule } from '../../tenants/digest-config.ts';
import { type Weekday, weekdayNumber } from '../../tenants/spec-parts.ts';
import { dueDays, sendingTime } from './due.ts';
import { issuesBefore } from './issue.ts';

const HOUR = 3_600_000;
const EVERY_DAY: Weekday[] = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

interface Sent {
  day: string;
  /** Instant of the run. */
  at: number;
}

/** What runs at these instants send, with a ledger that remembers days; each run comes after a build. */
function sentBy(
  runs: readonly number[],
  timeZone: string,
  time = '07:00',
  kind: DigestKind = 'daily',
  week: { weekStart?: Weekday; day?: Weekday } = {},
): Sent[] {
  const sent: Sent[] = [];
  for (const at of runs) {
    const now = new Date(at);
    const config = configOf(timeZone, time, week);
    const due = dueDays({ now, listedAt: now.toISOString(), config, kind });
    if ('reason' in due) continue;
    const newest = due.days.at(-1) as string;
    const first = sent[0]?.day ?? newest;
    for (const day of due.days) if (day >= first && !sent.some((each) => each.day === day)) sent.push({ day, at });
  }
  return sent;
}

const configOf = (
  timeZone: string,
  time: string,
  { weekStart = 'monday', day }: { weekStart?: Weekday; day?: Weekday } = {},
): DigestSchedule => ({ timeZone, weekStart, digest: { time, days: EVERY_DAY, weekly: { day }, monthly: {} } });

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
        const due = Math.max(
          sendingTime({ kind: 'daily', date: each }, configOf(timeZone, time)),
          endOfDay(each, timeZone) + HOUR,
        );
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

/** The last days of all weeks or months from one to another. */
const allBetween = (kind: DigestKind, [first, last]: [string, string], weekStart: Weekday): string[] =>
  issuesBefore(kind, addDays(last, 1), weekStart, 40)
    .map(({ date }) => date)
    .filter((date) => date >= first)
    .reverse();

/** Weeks or months that runs send: all from the first to the last, none twice. */
function expectEach(kind: DigestKind, sent: readonly Sent[], weekStart: Weekday, atLeast = 1): void {
  const days = daysOf(sent);
  expect(days.length).toBeGreaterThanOrEqual(atLeast);
  expect(days).toEqual(allBetween(kind, [days[0] as string, days.at(-1) as string], weekStart));
}

/** The times of runs, so many minutes apart. */
function runsOf(from: string, minutes: readonly number[]): number[] {
  let at = Date.parse(from);
  return minutes.map((each) => (at += each * 60_000));
}

const weekday = fc.constantFrom(...EVERY_DAY);
const clock = fc.constantFrom('00:00', '01:30', '07:00', '23:59');
/** Minutes between runs that come at least every so many days. */
const apart = (days: number, most: number) =>
  fc.array(fc.integer({ min: 60, max: days * 24 * 60 }), { minLength: 4, maxLength: most });

describe('every local week', () => {
  it.each(ODD)('is sent once, on its weekday and not before its time, in %s around %s of %f hours', (timeZone, day) => {
    for (const [weekStart, on] of [
      ['monday', undefined],
      ['sunday', 'friday'],
      ['saturday', 'saturday'],
    ] as const) {
      const runs = runsOf(`${addDays(day, -17)}T00:20:00Z`, Array(48).fill(17 * 60));
      const sent = sentBy(runs, timeZone, '02:30', 'weekly', { weekStart, day: on });
      expectEach('weekly', sent, weekStart, 4);
      for (const { day: end, at } of sent.slice(1)) {
        expect(addDays(end, 1)).toBe(addDays(end, (7 + weekdayNumber(weekStart) - weekdayOf(end)) % 7));
        const due = sendingTime({ kind: 'weekly', date: end }, configOf(timeZone, '02:30', { weekStart, day: on }));
        expect(at - Math.max(due, endOfDay(end, timeZone) + HOUR)).toBeGreaterThanOrEqual(0);
        expect(at - due).toBeLessThanOrEqual(18 * HOUR);
        expect(weekdayOf(addDays(end, on === 'friday' ? 6 : 1))).toBe(weekdayNumber(on ?? weekStart));
      }
    }
  });

  it('is sent once however runs come, if one comes every six days', () => {
    const zone = fc.constantFrom(...ODD);
    fc.assert(
      fc.property(zone, clock, weekday, weekday, apart(6, 20), ([timeZone, day], time, weekStart, on, minutes) => {
        const runs = runsOf(`${addDays(day, -24)}T00:00:00Z`, minutes);
        const sent = sentBy(runs, timeZone, time, 'weekly', { weekStart, day: on });
        if (sent.length > 0) expectEach('weekly', sent, weekStart);
      }),
      { numRuns: 100 },
    );
  });
});

describe('every month', () => {
  it('is sent once, from the first on, however runs come, if one comes every 27 days', () => {
    const zone = fc.constantFrom(...ODD);
    fc.assert(
      fc.property(zone, clock, apart(27, 16), ([timeZone, day], time, minutes) => {
        const sent = sentBy(runsOf(`${addDays(day, -80)}T00:00:00Z`, minutes), timeZone, time, 'monthly');
        if (sent.length > 0) expectEach('monthly', sent, 'monday');
        for (const { day: end, at } of sent)
          expect(at).toBeGreaterThanOrEqual(sendingTime({ kind: 'monthly', date: end }, configOf(timeZone, time)));
      }),
      { numRuns: 100 },
    );
  });

  it('of 28, 29, 30 and 31 days ends with its last one', () => {
    const runs = runsOf('2023-12-20T03:00:00Z', Array(480).fill(24 * 60));
    const sent = sentBy(runs, 'Europe/London', '07:00', 'monthly');
    expect(daysOf(sent).slice(0, 6)).toEqual([
      '2023-11-30',
      '2023-12-31',
      '2024-01-31',
      '2024-02-29',
      '2024-03-31',
      '2024-04-30',
    ]);
    expectEach('monthly', sent, 'monday', 16);
    expect(sent.slice(1).map(({ at }) => new Date(at).getUTCDate())).toEqual(Array(sent.length - 1).fill(2));
  });
});
