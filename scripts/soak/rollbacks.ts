import { rollBackUnderLoad } from '../../generator/testing/rollbacks.ts';
import type { Check } from './lib/check.ts';
import { sizeOf } from './lib/sizes.ts';

export const check: Check = {
  does: 'rollbacks while people read (CCI_ROLLBACKS, 100): no view of mixed builds, and no error',
  async run({ say }) {
    const rollbacks = sizeOf('CCI_ROLLBACKS', 100);
    const { views, builds } = await rollBackUnderLoad(rollbacks);
    say(
      `${rollbacks} of ${rollbacks} rollbacks, ${views} views of ${builds} builds, each of one build and without an error`,
    );
  },
};
