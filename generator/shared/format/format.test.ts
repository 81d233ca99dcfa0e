import { describe, expect, test } from 'vitest';
import * as format from './format.ts';

const london = { locale: 'en-GB', timeZone: 'Europe/London' };

describe('numbers', () => {
  test('it groups counts and writes a real minus', () => {
    expect(format.count(2158, 'en-GB')).toBe('2,158');
    expect(format.decimal(-4.26, 'en-GB')).toBe('−4.3');
    expect(format.decimal(-0, 'en-GB')).toBe('0');
    expect(format.decimal(1.5, 'en-GB', 2)).toBe('1.5');
    expect(format.fixed(86, 'en-GB')).toBe('86.0');
    expect(format.fixed(-0.01, 'en-GB')).toBe('0.0');
  });

  test('it never rounds a score over the pass mark', () => {
    expect(format.score(69.99, 70, 'en-GB')).toBe('69.9');
    expect(format.score(66.65, 66.65, 'en-GB')).toBe('66.7');
    expect(format.score(66.64, 66.65, 'en-GB')).toBe('66.6');
    expect(format.score(90, 70, 'en-GB')).toBe('90.0');
    expect(format.score(70, 70, 'en-GB')).toBe('70.0');
    expect(format.score(69.94, 70, 'en-GB')).toBe('69.9');
    expect(format.score(93.41, 70, 'en-GB')).toBe('93.4');
  });

  test('it never rounds some to none or to all', () => {
    expect(format.share(0.8494, 'en-GB')).toBe('84.9%');
    expect(format.share(0.99996, 'en-GB')).toBe('99.9%');
    expect(format.share(0.999, 'en-GB', 0)).toBe('99%');
    expect(format.share(0.0001, 'en-GB')).toBe('0.1%');
    expect([format.share(1, 'en-GB', 0), format.share(0, 'en-GB', 0)]).toEqual(['100%', '0%']);
  });

  test('it signs sentiment, but not nothing', () => {
    expect([0.244, -0.57, -0.001].map((score) => format.sentiment(score, 'en-GB'))).toEqual(['+0.24', '−0.57', '0.00']);
  });

  test("it writes another locale's numbers without odd spaces", () => {
    expect(format.count(1234567, 'fr-FR')).toBe('1 234 567');
    expect(format.share(0.5, 'fr-FR')).toBe('50,0 %');
  });
});

describe('durations', () => {
  test('it writes minutes, and hours from an hour on', () => {
    expect([0, 461, 3599.4, 3599.6, 3735].map(format.duration)).toEqual([
      '00:00',
      '07:41',
      '59:59',
      '1:00:00',
      '1:02:15',
    ]);
    expect([60 * 60 * 276 + 60 * 28, 3600 - 1].map(format.hours)).toEqual(['276:28', '1:00']);
  });
});

describe('days and times', () => {
  test("it names a local day whatever the process's zone is", () => {
    expect(format.day('2025-12-09', 'en-GB')).toBe('Tue 9 Dec');
    expect(format.dayAndYear('2025-12-09', 'en-GB')).toBe('Tue 9 Dec 2025');
    expect(format.dayOfMonth('2026-01-01', 'en-GB')).toBe('1 Jan');
  });

  test('it writes spans with an en dash, and one day as one day', () => {
    expect(format.span('2025-11-12', '2025-12-09', 'en-GB')).toBe('12 Nov – 9 Dec 2025');
    expect(format.span('2025-12-03', '2025-12-09', 'en-GB', false)).toBe('3 – 9 Dec');
    expect(format.span('2025-12-28', '2026-01-03', 'en-GB')).toBe('28 Dec 2025 – 3 Jan 2026');
    expect(format.span('2025-12-09', '2025-12-09', 'en-GB')).toBe('9 Dec 2025');
  });

  test("it puts an instant on the tenant's clock, on both sides of a change of clocks", () => {
    expect(format.moment('2025-12-09T20:47:10Z', london)).toBe('Tue 9 Dec, 20:47');
    // A start that is a day has no hour, and is that day in any zone.
    for (const timeZone of ['America/Chicago', 'Pacific/Kiritimati']) {
      const place = { ...london, timeZone };
      expect(format.moment('2025-12-09', place)).toBe('Tue 9 Dec');
      expect(format.whenStarted({ day: '2025-12-09' }, place)).toBe('Tue 9 Dec');
      expect(format.whenStarted({ day: null }, place)).toBeUndefined();
    }
    expect(format.whenStarted({ day: '2025-12-09', started: '2025-12-09T20:47:10Z' }, london)).toBe('Tue 9 Dec, 20:47');
    expect(format.time('2025-10-26T00:30:00Z', london)).toBe('01:30');
    expect(format.time('2025-10-26T01:30:00Z', london)).toBe('01:30');
    expect(format.time('2025-12-09T00:00:05Z', london, true)).toBe('00:00:05');
  });

  test("it names days and times in the way of the tenant's locale", () => {
    const inAll = (write: (locale: string) => string) => ['en-GB', 'en-US', 'de-DE', 'fi', 'ja'].map(write);
    expect(inAll((locale) => format.day('2025-09-27', locale))).toEqual([
      'Sat 27 Sep',
      'Sat, Sep 27',
      'Sa. 27. Sept.',
      'la 27.9.',
      '9月27日(土)',
    ]);
    const late = '2025-12-09T15:46:05Z';
    const at = (locale: string) => format.time(late, { locale, timeZone: 'UTC' });
    expect(inAll(at)).toEqual(['15:46', '3:46 PM', '15:46', '15.46', '15:46']);
    expect(format.time(late, { locale: 'en-US', timeZone: 'UTC' }, true)).toBe('3:46:05 PM');
    expect(format.time('2025-12-09T00:05:00Z', { locale: 'en-US', timeZone: 'UTC' })).toBe('12:05 AM');
    expect([0, 14].map((hour) => format.hourOfDay(hour, 'en-US'))).toEqual(['12 AM', '2 PM']);
    expect([0, 14].map((hour) => format.hourOfDay(hour, 'en-GB'))).toEqual(['00:00', '14:00']);
  });

  test('its months have three letters in every English', () => {
    for (const locale of ['en-GB', 'en-AU', 'en-CA', 'en-US', 'en'])
      for (const month of ['06', '07', '09'])
        expect(format.dayOfMonth(`2025-${month}-27`, locale)).toMatch(/^(27 )?(Jun|Jul|Sep)( 27)?$/);
    expect(format.span('2025-06-27', '2025-09-03', 'en-AU', false)).toBe('27 Jun – 3 Sep');
  });

  test('it counts days in the calendar of the data, also where the locale has another one', () => {
    expect(format.dayAndYear('2025-12-09', 'th')).toContain('2025');
    expect(format.dayAndYear('2025-12-09', 'fa-IR-u-nu-latn')).toContain('2025');
    expect(format.day('2025-12-09', 'ar-SA-u-nu-latn')).toContain('9');
  });
});
