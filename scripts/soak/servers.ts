import { momentOf } from '../../generator/testing/publish-faults.ts';
import { SERVER_FAULTS, surviveServerFault } from '../../generator/testing/server-faults.ts';
import { type Check, must } from './lib/check.ts';
import { sizeOf } from './lib/sizes.ts';

export const check: Check = {
  does: 'the real client of S3 with each answer of a failing server at each request of a publish (every CCI_REQUESTS-th, 1)',
  async run({ say }) {
    const moment = await momentOf('deleted call');
    const usual = await surviveServerFault(moment, ({ number }) => number === 1, { delayMs: 0 });
    const step = sizeOf('CCI_REQUESTS', 1);
    let failed = 0;
    for (const [name, fault] of Object.entries(SERVER_FAULTS)) {
      let [tried, survived, most] = [0, 0, 0];
      for (let at = 1; at <= usual; at += step) {
        tried++;
        try {
          most = Math.max(most, await surviveServerFault(moment, ({ number }) => number === at, fault));
          survived++;
        } catch (error) {
          say(`${name} at request ${at}: ${String(error)}`);
        }
      }
      failed += tried - survived;
      say(`${name}: ${survived} of ${tried} survived; a run sent ${most} requests at most, where ${usual} are usual`);
    }
    must(failed === 0, `${failed} faults were not survived`);
  },
};
