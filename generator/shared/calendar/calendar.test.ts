import { describe, expect, test } from 'vitest';
import { addMonths, inMonth, movedBy, weeksOf } from './calendar.ts';

describe('a calendar', () => {
  test('it has a month’s days by week, from the first day of the week on', () => {
    const monday = weeksOf('2026-03', 1);
    expect(monday.map((week) => week.length)).toEqual([7, 7, 7, 7, 7, 7]);
    expect(monday[0]).toEqual([undefined, undefined, undefined, undefined, undefined, undefined, '2026-03-01']);
    expect(weeksOf('2026-03', 0)[0]?.[0]).toBe('2026-03-01');
    expect(weeksOf('2026-02', 0)).toHaveLength(4);
    expect(weeksOf('2024-02', 1).flat().filter(Boolean)).toHaveLength(29);
  });

  test('it counts months over a year’s end', () => {
    expect([addMonths('2025-12', 1), addMonths('2026-01', -1), addMonths('2026-01', -13)]).toEqual([
      '2026-01',
      '2025-12',
      '2024-12',
    ]);
    expect([inMonth('2026-03-31', -1), inMonth('2024-02-29', 12)]).toEqual(['2026-02-28', '2025-02-28']);
  });

  test('it is walked by keys', () => {
    const keys = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End', 'PageUp', 'PageDown', 'a'];
    expect(keys.map((key) => movedBy(key, '2026-03-11', 1))).toEqual([
      '2026-03-10',
      '2026-03-12',
      '2026-03-04',
      '2026-03-18',
      '2026-03-09',
      '2026-03-15',
      '2026-02-11',
      '2026-04-11',
      undefined,
    ]);
    expect(movedBy('PageUp', '2026-03-11', 1, true)).toBe('2025-03-11');
  });
});
