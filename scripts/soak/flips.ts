import { type FlipResult, KINDS, momentToDamage, surviveFlip } from '../../generator/testing/flipped-bits.ts';
import { random } from '../demo/data/random.ts';
import { type Check, must } from './lib/check.ts';
import { sizeOf } from './lib/sizes.ts';

const FLIPS = 1_500;

export const check: Check = {
  does: 'bits turned over in pointer, manifests, blobs, assets and ledger, read by the gate’s code, found by verify --deep and put right (CCI_FLIPS, 1,500)',
  async run({ say }) {
    const moment = await momentToDamage();
    const flips = sizeOf('CCI_FLIPS', FLIPS);
    const chance = random('flips', flips);
    let failed = 0;
    for (const [at, kind] of KINDS.entries()) {
      const results: FlipResult[] = [];
      const share = Math.floor((flips * (at + 1)) / KINDS.length) - Math.floor((flips * at) / KINDS.length);
      for (let i = 0; i < share; i++) {
        try {
          results.push(await surviveFlip(moment, { kind, object: chance.next(), bit: chance.next() }));
        } catch (error) {
          failed++;
          say(String(error));
        }
      }
      const sum = (of: (result: FlipResult) => number) => results.reduce((all, result) => all + of(result), 0);
      say(
        `${kind}: ${results.length} of ${share} flips survived in ${new Set(results.map(({ key }) => key)).size} objects; ` +
          `wrong bytes served: 0 of ${sum(({ served }) => served)} files; refused: ${sum(({ refused }) => refused)}; ` +
          `found by verify --deep: ${sum(({ found }) => Number(found))}`,
      );
    }
    must(failed === 0, `${failed} flips were not survived`);
  },
};
