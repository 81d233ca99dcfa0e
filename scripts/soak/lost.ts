import {
  ALL_LOSSES,
  DELETIONS,
  type Loss,
  lossMomentOf,
  nameOfLosses,
  surviveLoss,
} from '../../generator/testing/lost-state.ts';
import { momentOf, spread } from '../../generator/testing/publish-faults.ts';
import { withDigests } from '../../generator/testing/sent-digests.ts';
import { type Check, must } from './lib/check.ts';
import { sizeOf } from './lib/sizes.ts';

/** Pairs of each way: CCI_PAIRS. */
const PAIRS = 600;

export const check: Check = {
  does: 'pieces of the reports store lost or damaged, each alone and in pairs (CCI_PAIRS of them), and what the next run and its digests make of it',
  async run({ say }) {
    const singles = ALL_LOSSES.map((loss) => [loss]);
    const pairs = ALL_LOSSES.flatMap((a, i) => ALL_LOSSES.slice(i + 1).map((b): Loss[] => [a, b])).filter(
      ([a, b]) => a?.piece !== b?.piece,
    );
    const chosen = spread(pairs, sizeOf('CCI_PAIRS', PAIRS));
    let failed = 0;
    for (const deletion of DELETIONS) {
      const moment = await lossMomentOf(await momentOf('deleted call', withDigests()), deletion);
      for (const [what, all] of [
        ['single losses', singles],
        [`pairs (of ${pairs.length})`, chosen],
      ] as const) {
        let survived = 0;
        for (const losses of all) {
          try {
            await surviveLoss(moment, losses);
            survived++;
          } catch (error) {
            say(`${nameOfLosses(losses)}: ${String(error)}`);
          }
        }
        failed += all.length - survived;
        say(`a call deleted ${deletion}: ${survived} of ${all.length} ${what} made right`);
      }
    }
    must(failed === 0, `${failed} losses were not made right`);
  },
};
