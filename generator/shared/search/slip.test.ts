import fc from 'fast-check';
import { expect, it } from 'vitest';
import { slips, slipsIn } from './slip.ts';

it('counts letters too much, too few, another and two that changed places', () => {
  expect(slips('refund', 'refund', 2)).toBe(0);
  expect(slips('refund', 'refunds', 2)).toBe(1);
  expect(slips('refund', 'refnd', 2)).toBe(1);
  expect(slips('refund', 'rafund', 2)).toBe(1);
  expect(slips('refund', 'reufnd', 2)).toBe(1);
  expect(slips('frustrating', 'frustarting', 1)).toBe(1);
  expect(slips('frustrating', 'frutsarting', 2)).toBe(2);
  expect(slips('refund', 'cheque', 2)).toBe(3);
  expect(slips('😀a', 'a😀', 2)).toBe(1);
});

it('is the same from either side, and the count of changes at most', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 8 });
  fc.assert(
    fc.property(letters, letters, (a, b) => {
      const all = slips(a, b, 9);
      expect(slips(b, a, 9)).toBe(all);
      expect(all === 0).toBe(a === b);
      expect(slips(a, b, 1)).toBe(Math.min(all, 2));
    }),
    { numRuns: 200 },
  );
});

it('lets a short word hold none', () => {
  expect(['tax', 'late', 'refunds', 'password'].map(slipsIn)).toEqual([0, 1, 1, 2]);
});
