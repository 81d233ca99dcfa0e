import { rollBackBehindGate } from '../../generator/testing/gate-rollbacks.ts';
import { rollBackUnderLoad } from '../../generator/testing/rollbacks.ts';
import type { Check } from './lib/check.ts';
import { sizeOf } from './lib/sizes.ts';

export const check: Check = {
  does: 'rollbacks while people read (CCI_ROLLBACKS, 100), also through the gate’s process: no view of mixed builds, and no error',
  async run({ say }) {
    const rollbacks = sizeOf('CCI_ROLLBACKS', 100);
    const { views, builds } = await rollBackUnderLoad(rollbacks);
    say(
      `${rollbacks} of ${rollbacks} rollbacks, ${views} views of ${builds} builds, each of one build and without an error`,
    );
    const read = await rollBackBehindGate(rollbacks);
    say(
      `through the gate’s process: ${rollbacks} of ${rollbacks} rollbacks seen by readers, ${read.views} views ` +
        `(${read.requests} requests) of ${read.builds} builds, each of one build, and every answer 200`,
    );
  },
};
