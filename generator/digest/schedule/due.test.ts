import { describe, expect, it } from 'vitest';
import type { DigestSchedule } from '../../tenants/digest-config.ts';
import type { Weekday } from '../../tenants/spec-parts.ts';
import { type DueInput, dueDay, sendingTime } from './due.ts';

const EVERY_DAY: Weekday[] = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

function due(
  timeZone: string,
  now: string,
  over: { listedAt?: string | null; time?: string; days?: Weekday[]; date?: string } = {},
) {
  const { listedAt = now, time = '07:00', days = EVERY_DAY, date } = over;
  const input: DueInput = {
    now: new Date(now),
    listedAt: listedAt ?? undefined,
    config: { timeZone, weekStart: 'monday', digest: { time, days } },
    date,
  };
  const found = dueDay(input);
  return 'date' in found ? found.date : found.waiting ? 'waiting' : 'nothing';
}

const AT_NIGHT: DigestSchedule = {
  timeZone: 'Europe/London',
  weekStart: 'monday',
  digest: { time: '01:30', days: EVERY_DAY },
};

describe('the day that is due', () => {
  it.each([
    // Sending time on the day after.
    ['UTC', '2026-03-10T06:59:59Z', '2026-03-08'],
    ['UTC', '2026-03-10T07:00:00Z', '2026-03-09'],
    ['UTC', '2026-03-10T23:59:00Z', '2026-03-09'],
    ['UTC', '2026-03-11T00:01:00Z', '2026-03-09'],
    // +5:45: 07:00 in Kathmandu is 01:15 UTC.
    ['Asia/Kathmandu', '2026-03-10T01:14:00Z', '2026-03-08'],
    ['Asia/Kathmandu', '2026-03-10T01:15:00Z', '2026-03-09'],
    // London, 23 hours on 29 March, 25 on 25 October: 07:00 is 06:00 UTC, then 07:00 UTC.
    ['Europe/London', '2026-03-29T05:59:00Z', '2026-03-27'],
    ['Europe/London', '2026-03-29T06:00:00Z', '2026-03-28'],
    ['Europe/London', '2026-03-30T06:00:00Z', '2026-03-29'],
    ['Europe/London', '2026-10-25T06:59:00Z', '2026-10-23'],
    ['Europe/London', '2026-10-25T07:00:00Z', '2026-10-24'],
    ['Europe/London', '2026-10-26T07:00:00Z', '2026-10-25'],
    // Days without midnight.
    ['Africa/Cairo', '2026-04-24T04:00:00Z', '2026-04-23'],
    ['America/Sao_Paulo', '2018-11-05T09:00:00Z', '2018-11-04'],
    // Samoa had no 30 December 2011.
    ['Pacific/Apia', '2011-12-30T17:00:00Z', '2011-12-29'],
    ['Pacific/Apia', '2011-12-31T17:00:00Z', '2011-12-31'],
  ])('in %s at %s is %s', (timeZone, now, day) => {
    expect(due(timeZone, now)).toBe(day);
  });

  it('leaves out a day that the zone did not have, even when its neighbours are not wanted', () => {
    expect(due('Pacific/Apia', '2011-12-30T17:00:00Z', { days: ['friday'] })).toBe('nothing');
  });

  it('waits for a listing that began an hour after the day’s end', () => {
    const at = { now: '2026-03-10T09:00:00Z', zone: 'Europe/London' };
    expect(due(at.zone, at.now, { listedAt: '2026-03-10T00:59:59Z', days: ['monday'] })).toBe('waiting');
    expect(due(at.zone, at.now, { listedAt: '2026-03-10T01:00:00Z', days: ['monday'] })).toBe('2026-03-09');
    expect(due(at.zone, at.now, { listedAt: '2026-03-10T00:59:59Z' })).toBe('2026-03-08');
    expect(due(at.zone, at.now, { listedAt: null })).toBe('waiting');
    expect(due(at.zone, '2026-03-30T09:00:00Z', { listedAt: '2026-03-29T23:59:59Z', days: ['sunday'] })).toBe(
      'waiting',
    );
    expect(due(at.zone, '2026-03-30T09:00:00Z', { listedAt: '2026-03-30T00:00:00Z', days: ['sunday'] })).toBe(
      '2026-03-29',
    );
  });

  it('is one of the days that get a digest, and not an old one', () => {
    const weekdays = EVERY_DAY.slice(0, 5);
    expect(due('UTC', '2026-03-08T09:00:00Z', { days: weekdays })).toBe('2026-03-06');
    expect(due('UTC', '2026-03-09T09:00:00Z', { days: weekdays })).toBe('2026-03-06');
    expect(due('UTC', '2026-03-13T09:00:00Z', { days: ['monday'] })).toBe('nothing');
  });

  it('is the one that is asked for, at any hour, if a listing covers it', () => {
    const asked = { date: '2026-03-07', days: ['monday'] as Weekday[] };
    expect(due('UTC', '2026-03-09T02:00:00Z', asked)).toBe('2026-03-07');
    expect(due('UTC', '2026-03-09T02:00:00Z', { ...asked, date: '2026-03-09' })).toBe('waiting');
    expect(due('UTC', '2026-03-09T02:00:00Z', { ...asked, listedAt: null })).toBe('waiting');
  });

  it('goes out at the time that exists', () => {
    // 01:30 does not exist in London on 29 March; the clock goes from 01:00 to 02:00.
    expect(new Date(sendingTime({ kind: 'daily', date: '2026-03-28' }, AT_NIGHT)).toISOString()).toBe(
      '2026-03-29T01:30:00.000Z',
    );
    expect(new Date(sendingTime({ kind: 'daily', date: '2026-10-24' }, AT_NIGHT)).toISOString()).toBe(
      '2026-10-25T00:30:00.000Z',
    );
  });
});
