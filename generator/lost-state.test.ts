import { expect, it } from 'vitest';
import { ALL_LOSSES, DAMAGES, DELETIONS, lossMomentOf, nameOfLosses, surviveLoss } from './testing/lost-state.ts';
import { momentOf } from './testing/publish-faults.ts';
import { withDigests } from './testing/sent-digests.ts';

// Pairs of losses in `npm run soak -- lost`.
it.each(DELETIONS)(
  'what is lost or damaged is made right by the next run, with a call deleted %s',
  async (deletion) => {
    const moment = await lossMomentOf(await momentOf('deleted call', withDigests()), deletion);
    // Each of them in one of the three.
    const losses = ALL_LOSSES.filter(
      (_, i) => (i + Math.floor(i / DAMAGES.length)) % DELETIONS.length === DELETIONS.indexOf(deletion),
    );
    for (const loss of losses) await expect(surviveLoss(moment, [loss]), nameOfLosses([loss])).resolves.toBeUndefined();
  },
);
