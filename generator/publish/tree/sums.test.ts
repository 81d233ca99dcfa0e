import fc from 'fast-check';
import { expect, it } from 'vitest';
import { minus, plus, sumOf } from './sums.ts';

it('a sum is what it was when the manifests in the stores were written', () => {
  expect(
    [
      ['', 0],
      ['blobs/3fe1.7', 0],
      ['blobs/3fe1.7', 1],
      ['blobs/3fe1.8', 0],
      [`blobs/${'ab'.repeat(32)}.123`, 4096],
    ].map(([blob, size]) => sumOf(String(blob), Number(size))),
  ).toEqual([2845869714745556, 2675147264892401, 2692740404270713, 3401277862977834, 3768361288158760]);
});

it('members of a set are added and taken away in any order, and the sum stays exact', () => {
  const member = fc.tuple(fc.string(), fc.nat()).map(([blob, size]) => sumOf(blob, size));
  fc.assert(
    fc.property(fc.array(member, { minLength: 1 }), fc.integer(), (members, seed) => {
      const sum = members.reduce(plus, 0);
      expect(Number.isSafeInteger(sum) && sum >= 0 && sum < 2 ** 52).toBe(true);
      const shuffled = members.toSorted((a, b) => ((a * seed) % 7) - ((b * seed) % 7));
      expect(shuffled.reduce(minus, sum)).toBe(0);
      expect(plus(minus(0, sum), sum)).toBe(0);
    }),
  );
});
