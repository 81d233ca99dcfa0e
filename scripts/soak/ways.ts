import { type Check, must } from './lib/check.ts';
import { runTests } from './lib/command.ts';

/** Of which `npm test` takes 700. */
const REQUESTS = '30000';

export const check: Check = {
  does: 'the two ways to an answer of the gate: 30,000 random requests (CCI_WAYS) get the same bytes, log and trail by both',
  async run() {
    process.env.CCI_WAYS ??= REQUESTS;
    process.env.CCI_SEED ??= String(Date.now());
    const status = await runTests('site/gate/front/short-way.test.ts', '--reporter=dot');
    must(status === 0, `a request was answered in two ways (CCI_SEED=${process.env.CCI_SEED}); see above`);
  },
};
