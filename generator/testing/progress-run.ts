// Shows a run on the terminal that it is started in. Nothing waits: each line that stays draws anew what changes.
import { runMeter } from '../lib/console.ts';
import { say } from '../lib/printable.ts';

const meter = runMeter();
meter.begin(3);
const log = meter.logFor('org_1');
await log.step(
  say`read calls, and say so in more words than there is room for`,
  async (progress) => {
    for (let done = 1; done <= 5; done++) {
      progress(done * 1000, 100_000);
      log.say(say`line ${done}`);
    }
  },
  undefined,
  'calls',
);
meter.done('org_1');
meter.end();
