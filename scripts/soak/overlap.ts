import fc from 'fast-check';
import { overlapRuns, overlaps } from '../../generator/testing/overlapping-runs.ts';
import type { Check } from './lib/check.ts';
import { sizeOf } from './lib/sizes.ts';

export const check: Check = {
  does: 'three overlapping runs with clean-up and a reader under random schedules (CCI_SCHEDULES, 400)',
  async run({ say }) {
    const numRuns = sizeOf('CCI_SCHEDULES', 400);
    let schedules = 0;
    let pages = 0;
    const property = fc.asyncProperty(fc.scheduler(), overlaps, async (scheduler, overlap) => {
      pages += await overlapRuns(scheduler, overlap);
      schedules++;
    });
    try {
      await fc.assert(property, { numRuns, endOnFailure: true });
    } finally {
      say(`${schedules} of ${numRuns} schedules; the reader saw ${pages} pages`);
    }
  },
};
