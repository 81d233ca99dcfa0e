import { type Check, must } from './lib/check.ts';
import { runTests } from './lib/command.ts';

/** Of which `npm test` takes 32,000. */
const REQUESTS = '200000';

export const check: Check = {
  does: 'the attacks on the gate, 200,000 of them (CCI_ATTACKS) and a tenth of that in development mode, over raw sockets; it opens no connection itself',
  async run() {
    process.env.CCI_ATTACKS ??= REQUESTS;
    const tests = ['attack', 'development'].map((name) => `site/gate/testing/attack/${name}.test.ts`);
    const status = await runTests(...tests, '--reporter=dot');
    must(status === 0, 'an attack had an effect, or was not answered; see above');
  },
};
