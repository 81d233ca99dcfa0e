import { describe, expect, test } from 'vitest';
import { addDays } from './days.ts';
import { type Calendar, isDay, lengthOf, presetOf, presetsOf, readRange, windowName, withRange } from './range.ts';

/** A call each day of 2026 up to 9 March, which is not complete yet. */
const days = Array.from({ length: 68 }, (_, i) => [addDays('2026-01-01', i), 1] as const);
const calendar: Calendar = { days, window: { from: '2026-02-09', to: '2026-03-08' } };

describe('the presets of a range', () => {
  test('they end with the last complete day, and count their calls', () => {
    expect(presetsOf(calendar)).toEqual([
      { name: 'Last day', from: '2026-03-08', to: '2026-03-08', calls: 1 },
      { name: 'Last 7 days', from: '2026-03-02', to: '2026-03-08', calls: 7 },
      { name: 'Last 28 days', from: '2026-02-09', to: '2026-03-08', calls: 28 },
      { name: 'All days', from: '2026-01-01', to: '2026-03-08', calls: 67 },
      { name: 'This week', from: '2026-03-02', to: '2026-03-08', calls: 7 },
      { name: 'Last week', from: '2026-02-23', to: '2026-03-01', calls: 7 },
      { name: 'This month', from: '2026-03-01', to: '2026-03-08', calls: 8 },
      { name: 'Last month', from: '2026-02-01', to: '2026-02-28', calls: 28 },
    ]);
  });

  test('they leave out what has no call', () => {
    const young: Calendar = { days: [['2026-03-08', 4]], window: calendar.window };
    expect(presetsOf(young).map(({ name }) => name)).toEqual(['Last day']);
  });

  test('none reaches back before the first day with a call', () => {
    const young: Calendar = { days: days.slice(-7), window: { from: '2026-03-03', to: '2026-03-08' } };
    expect(presetsOf(young)).toEqual([
      { name: 'Last day', from: '2026-03-08', to: '2026-03-08', calls: 1 },
      { name: 'All days', from: '2026-03-03', to: '2026-03-08', calls: 6 },
    ]);
    expect(windowName(young.window)).toBe('All days');
    expect(windowName(calendar.window)).toBe('Last 28 days');
  });

  test('they have the same names where a month has 28 days or a day is the first', () => {
    const february: Calendar = { days, window: { from: '2026-02-01', to: '2026-02-28' } };
    expect(presetOf(february, { from: '2026-02-01', to: '2026-02-28' })?.name).toBe('Last 28 days');
    expect(presetOf(calendar, { from: '2026-03-02', to: '2026-03-05' })).toBeUndefined();
  });
});

describe('a range in the address', () => {
  const read = (search: string) => readRange(search, calendar);

  test('it is read, and kept within the days that there are', () => {
    expect(read('')).toBeUndefined();
    expect(read('?o=12345678')).toBeUndefined();
    expect(read('?from=2026-02-01&to=2026-02-03')).toEqual({ from: '2026-02-01', to: '2026-02-03' });
    expect(read('?from=0001-01-01&to=9999-12-31')).toEqual({ from: '2026-01-01', to: '2026-03-09' });
    expect(read('?from=2026-03-05')).toEqual({ from: '2026-03-05', to: '2026-03-09' });
  });

  test('it is refused where it is none, or no day of it can have a call', () => {
    for (const search of [
      '?from=2026-02-30&to=2026-03-01',
      '?from=yesterday',
      '?from=2026-02-03&to=2026-02-01',
      '?from=2027-01-01&to=2027-01-31',
      '?to=2025-12-31',
    ])
      expect(read(search), search).toBe('outside');
  });

  test('it is written beside what else is there, and not where it is shown anyway', () => {
    expect(withRange('?o=1&from=2026-01-01&to=2026-01-02', { from: '2026-02-01', to: '2026-02-03' }, calendar)).toBe(
      '?o=1&from=2026-02-01&to=2026-02-03',
    );
    expect(withRange('?from=2026-01-01&to=2026-01-02', calendar.window, calendar)).toBe('');
  });

  test('it has as many days as the calendar says, whatever the clocks do', () => {
    expect(lengthOf({ from: '2026-03-28', to: '2026-03-30' })).toBe(3);
    expect(lengthOf({ from: '2026-10-24', to: '2026-10-26' })).toBe(3);
    expect([isDay('2024-02-29'), isDay('2026-02-29'), isDay('2026-2-1')]).toEqual([true, false, false]);
  });
});
