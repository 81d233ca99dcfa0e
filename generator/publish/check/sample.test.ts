import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sampleOf } from './sample.ts';

it('a sample is of the list, each once, no more than were asked for, and the same for the same turn', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 1, max: 16 }), fc.string(), (n, size, turn) => {
      const list = Array.from({ length: n }, (_, i) => `k${i}`);
      const sample = sampleOf(list, size, turn);
      expect(new Set(sample).size).toBe(sample.length);
      expect(sample.every((each) => list.includes(each))).toBe(true);
      if (n <= size) expect(sample).toEqual(list);
      else expect(sample.length).toBeLessThanOrEqual(size);
      expect(sampleOf(list, size, turn)).toEqual(sample);
    }),
  );
});

it('samples of many turns come to everything, several at a time', () => {
  const list = Array.from({ length: 100 }, (_, i) => i);
  const samples = Array.from({ length: 200 }, (_, turn) => sampleOf(list, 8, `turn ${turn}`));
  expect(new Set(samples.flat()).size).toBe(100);
  expect(samples.flat().length).toBeGreaterThan(200 * 7);
});
