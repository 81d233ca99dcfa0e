import { expect, test, vi } from 'vitest';
import { localDay, localHour } from './local-time.ts';

test('an hour is told by the clock of the zone, before and after it is changed', () => {
  expect(['2026-03-29T00:59:59Z', '2026-03-29T01:00:00Z'].map((at) => localHour(at, 'Europe/London'))).toEqual([0, 2]);
  expect(['2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z'].map((at) => localHour(at, 'Europe/London'))).toEqual([1, 1]);
  expect(localHour('2026-01-01T00:10:00Z', 'Asia/Kathmandu')).toBe(5);
  expect(localHour('2026-01-01T00:00:00Z', 'UTC')).toBe(0);
});

test('a local day is that of the zone, from an instant however it is written, and a day is itself in any zone', () => {
  expect(localDay('2025-12-31T23:30:00Z', 'Pacific/Auckland')).toBe('2026-01-01');
  expect(localDay(Date.parse('2025-12-31T23:30:00Z'), 'Pacific/Auckland')).toBe('2026-01-01');
  expect(localDay(0, 'America/Chicago')).toBe('1969-12-31');
  for (const timeZone of ['America/Chicago', 'Pacific/Kiritimati'])
    expect(localDay('2025-12-09', timeZone)).toBe('2025-12-09');
});

test('days and hours are found in whatever order and digits a browser writes dates', () => {
  const Real = Intl.DateTimeFormat;
  function Egyptian(_locale: string, options: Intl.DateTimeFormatOptions) {
    return new Real('ar-EG', options);
  }
  const made = vi.spyOn(Intl, 'DateTimeFormat').mockImplementation(Egyptian as typeof Intl.DateTimeFormat);
  expect(localDay('2026-11-25T20:00:00Z', 'Asia/Dhaka')).toBe('2026-11-26');
  expect(localHour('2026-11-25T20:00:00Z', 'Asia/Dhaka')).toBe(2);
  expect(made).toHaveBeenCalledTimes(2);
  made.mockRestore();
});
