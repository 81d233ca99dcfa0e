import fc from 'fast-check';
import { openPool } from '../../generator/lib/pool.ts';
import { openRenderer } from '../../generator/render/renderer.ts';
import { filledQueue } from '../../generator/testing/feed-runs.ts';
import { history, walk } from '../../generator/testing/histories.ts';
import { sqsDouble } from '../../generator/testing/sqs-double.ts';
import type { Check } from './lib/check.ts';
import { sizeOf } from './lib/sizes.ts';

/** One history in so many is walked with the templates, and with more calls than one thread makes alone. */
const ONE_IN = 20;
const MANY_CALLS = 260;

export const check: Check = {
  does: 'random histories of the input (CCI_HISTORIES, 1,000): made from nothing, by a listing, one in ranges or a change feed of either kind, in one thread or two, a site is the same to the byte',
  async run({ say }) {
    const numRuns = sizeOf('CCI_HISTORIES', 1000);
    const renderer = await openRenderer();
    await using two = openPool(2);
    await using one = openPool(1);
    await using double = await sqsDouble();
    const seed = Number(process.env.CCI_SEED ?? Date.now() % 2 ** 31);
    let histories = 0;
    let compared = 0;
    let fed = 0;
    const property = fc.asyncProperty(history, async (rounds) => {
      const isLarge = histories++ % ONE_IN === ONE_IN - 1;
      const feed = histories % 2 === 1 ? filledQueue(double) : undefined;
      const done = await walk(rounds, { feed, ...(isLarge && { renderer, pools: [two, one], calls: MANY_CALLS }) });
      compared += done.compared;
      fed += done.fed;
      if (histories % 50 === 0) say(`${histories} of ${numRuns} histories; ${compared} sites compared`);
    });
    try {
      await fc.assert(property, { numRuns, seed, endOnFailure: true });
    } finally {
      say(
        `seed ${seed} (CCI_SEED): ${histories} of ${numRuns} histories; ${compared} sites compared, ${fed} runs listed nothing`,
      );
    }
  },
};
