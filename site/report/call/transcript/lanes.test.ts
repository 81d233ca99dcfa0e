import fc from 'fast-check';
import { expect, it } from 'vitest';
import { tenths } from './lanes.ts';

it('writes tenths as JavaScript does', () => {
  fc.assert(fc.property(fc.oneof(fc.nat(100_000), fc.integer()), (n) => tenths(n / 10) === String(n / 10)));
  for (const odd of [0, 99_999_999.9, 1e12, Number.NaN, Number.POSITIVE_INFINITY, -3.2])
    expect(tenths(odd)).toBe(String(odd));
});
