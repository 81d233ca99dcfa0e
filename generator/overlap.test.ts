import fc from 'fast-check';
import { expect, it } from 'vitest';
import { overlapRuns, overlaps } from './testing/overlapping-runs.ts';

it('lets the newest input win and shows readers no error, however three runs overlap', async () => {
  let pages = 0;
  const property = fc.asyncProperty(fc.scheduler(), overlaps, async (scheduler, overlap) => {
    pages += await overlapRuns(scheduler, overlap);
  });
  // More of them in `npm run soak -- overlap`.
  await fc.assert(property, { numRuns: 10, endOnFailure: true });
  expect(pages).toBeGreaterThan(0);
});
