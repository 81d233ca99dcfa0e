import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { filledQueue } from './testing/feed-runs.ts';
import { history, walk } from './testing/histories.ts';
import { type SqsDouble, sqsDouble } from './testing/sqs-double.ts';

let double: SqsDouble;
beforeAll(async () => {
  double = await sqsDouble();
});
afterAll(() => double[Symbol.asyncDispose]());

it('a site is the same to the byte, made from nothing or brought up to date by a listing, one in ranges, or a change feed', async () => {
  const sum = { compared: 0, fed: 0 };
  await fc.assert(
    fc.asyncProperty(history, fc.boolean(), async (rounds, isQueue) => {
      const { compared, fed } = await walk(rounds, isQueue ? { feed: filledQueue(double) } : {});
      sum.compared += compared;
      sum.fed += fed;
    }),
    { numRuns: Number(process.env.CCI_RUNS ?? 12) },
  );
  // More in `npm run soak -- histories`.
  expect(sum.compared).toBeGreaterThan(sum.fed);
  expect(sum.fed).toBeGreaterThan(0);
});
