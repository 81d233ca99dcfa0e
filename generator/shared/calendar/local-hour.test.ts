import { expect, test } from 'vitest';
import { localHour } from './local-hour.ts';

test('an hour is told by the clock of the zone, before and after it is changed', () => {
  expect(['2026-03-29T00:59:59Z', '2026-03-29T01:00:00Z'].map((at) => localHour(at, 'Europe/London'))).toEqual([0, 2]);
  expect(['2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z'].map((at) => localHour(at, 'Europe/London'))).toEqual([1, 1]);
  expect(localHour('2026-01-01T00:10:00Z', 'Asia/Kathmandu')).toBe(5);
  expect(localHour('2026-01-01T00:00:00Z', 'UTC')).toBe(0);
});
