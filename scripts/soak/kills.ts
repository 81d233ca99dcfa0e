import { type Kill, surviveKill, surviveKillOverS3 } from '../../generator/testing/kills.ts';
import { type Moment, momentOf } from '../../generator/testing/publish-faults.ts';
import { type Check, must } from './lib/check.ts';
import { sizeOf } from './lib/sizes.ts';

const AT_ONCE = 2;

export const check: Check = {
  does: 'a process killed by SIGKILL before and after each call of a publish, over folders and over S3 (every CCI_KILLS-th, 1)',
  async run({ say }) {
    Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' });
    const step = sizeOf('CCI_KILLS', 1);
    let failed = 0;
    for (const [where, survive] of [
      ['folders', surviveKill],
      ['S3', surviveKillOverS3],
    ] as const) {
      const { kills, failures } = await killEverywhere(survive, step);
      for (const failure of failures) say(failure);
      say(`${where}: ${kills - failures.length} of ${kills} kills survived`);
      failed += failures.length;
      must(kills > 0, `${where}: nothing was killed`);
    }
    must(failed === 0, `${failed} kills were not survived`);
  },
};

/** From the first call on, until a run ends before it reaches the next. */
async function killEverywhere(survive: (moment: Moment, kill: Kill) => Promise<boolean>, step: number) {
  const failures: string[] = [];
  let kills = 0;
  let next = 1;
  let ended = false;
  const work = async () => {
    // Each has a clock of its own.
    const moment = await momentOf('deleted call');
    while (!ended) {
      const call = next;
      next += step;
      for (const when of ['before', 'after'] as const) {
        try {
          if (await survive(moment, { call, when })) kills++;
          else if (when === 'before') ended = true;
        } catch (error) {
          kills++;
          failures.push(`killed ${when} call ${call}: ${String(error)}`);
        }
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return { kills, failures };
}
