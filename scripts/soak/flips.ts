import { type FlipResult, momentToDamage, surviveFlip } from '../../generator/testing/flipped-bits.ts';
import { random } from '../demo/data/random.ts';
import { type Check, must } from './lib/check.ts';
import { sizeOf } from './lib/sizes.ts';

const FLIPS = 1_500;

export const check: Check = {
  does: 'bits turned over in pointer, manifests, state, days and blobs, read by the gate’s code and put right (CCI_FLIPS, 1,500)',
  async run({ say }) {
    const moment = await momentToDamage();
    const flips = sizeOf('CCI_FLIPS', FLIPS);
    const chance = random('flips', flips);
    const results: FlipResult[] = [];
    let failed = 0;
    for (let i = 0; i < flips; i++) {
      try {
        results.push(await surviveFlip(moment, { object: chance.next(), bit: chance.next() }));
      } catch (error) {
        failed++;
        say(String(error));
      }
    }
    const count = (is: (result: FlipResult) => boolean) => results.filter(is).length;
    say(
      `${results.length} of ${flips} flips survived in ${new Set(results.map(({ key }) => key)).size} objects; ` +
        `wrong bytes served: 0 of ${results.reduce((all, { served }) => all + served, 0)} files; ` +
        `put right by the next run: ${count(({ healedBy }) => healedBy === 'the next run')}, ` +
        `by building everything again: ${count(({ healedBy }) => healedBy === 'a run that builds everything again')}, ` +
        `in no file of the site: ${count(({ healedBy }) => healedBy === 'no need')}`,
    );
    must(failed === 0, `${failed} flips were not survived`);
  },
};
