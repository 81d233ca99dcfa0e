import fc from 'fast-check';
import { expect, it } from 'vitest';
import { history, walk } from './testing/histories.ts';

it('a site is the same to the byte, made from nothing or brought up to date by a listing, one in ranges, or a change feed', async () => {
  const sum = { compared: 0, fed: 0 };
  await fc.assert(
    fc.asyncProperty(history, async (rounds) => {
      const { compared, fed } = await walk(rounds);
      sum.compared += compared;
      sum.fed += fed;
    }),
    { numRuns: Number(process.env.CCI_RUNS ?? 15) },
  );
  // More in `npm run soak -- histories`.
  expect(sum.compared).toBeGreaterThan(sum.fed);
  expect(sum.fed).toBeGreaterThan(0);
});
