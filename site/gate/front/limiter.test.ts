import { expect, test } from 'vitest';
import { limiter } from './limiter.ts';

test('it lets a burst through, then as many as the rate allows, for each address alone', () => {
  let clock = 0;
  const take = limiter({ burst: 3, perMinute: 6 }, () => clock);
  expect([1, 2, 3, 4].map(() => take('a'))).toEqual([0, 0, 0, 10]);
  expect(take('b')).toBe(0);
  clock = 4_000;
  expect(take('a')).toBe(6);
  clock = 10_000;
  expect([take('a'), take('a')]).toEqual([0, 10]);
});

test('it never lets more than a burst through, however long nobody asked', () => {
  let clock = 0;
  const take = limiter({ burst: 2, perMinute: 60 }, () => clock);
  take('a');
  clock = 86_400_000;
  expect([1, 2, 3].map(() => take('a'))).toEqual([0, 0, 1]);
});

test('a clock that is set back gives nobody more', () => {
  let clock = 10_000;
  const take = limiter({ burst: 1, perMinute: 60 }, () => clock);
  take('a');
  clock = 0;
  expect(take('a')).toBe(1);
});
