import { walkOrder } from '../../generator/pipeline/lambda/testing/orders.ts';
import { withKills } from '../../generator/pipeline/testing/kills.ts';
import { walkSchedule } from '../../generator/pipeline/testing/schedules.ts';
import { type Check, must } from './lib/check.ts';
import { sizeOf } from './lib/sizes.ts';

export const check: Check = {
  does: 'the pipeline: random schedules of two processes with deaths and lost events (CCI_SCHEDULES, 2,000) come to one end; so do the four functions on AWS, whose events come in random orders (CCI_ORDERS, 100); a run is killed by SIGKILL after each object that it writes or removes and each answer that it gets (every CCI_KILLS-th, 1)',
  async run({ say }) {
    const [schedules, step] = [sizeOf('CCI_SCHEDULES', 2000), sizeOf('CCI_KILLS', 1)];
    const first = Number(process.env.CCI_SEED ?? Date.now() % 2 ** 31);
    const wrong: string[] = [];
    let [crashes, asked] = [0, 0];
    for (let seed = first; seed < first + schedules; seed++) {
      const walked = await walkSchedule(seed);
      crashes += walked.crashes;
      for (const times of walked.asked.values()) asked += times;
      wrong.push(...walked.wrong.map((each) => `schedule ${seed}: ${each}`));
    }
    say(`seed ${first} (CCI_SEED): ${schedules} schedules, ${crashes} deaths, ${asked} answers; ${wrong.length} wrong`);
    const orders = sizeOf('CCI_ORDERS', 100);
    for (let seed = first; seed < first + orders; seed++)
      wrong.push(...(await walkOrder(seed)).map((each) => `order ${seed}: ${each}`));
    say(`${orders} orders of events for the four functions; ${wrong.length} wrong`);
    let kills = 0;
    await withKills(async (kill) => {
      for (let times = 1, isOver = false; !isOver; times += step) {
        const end = await kill(times);
        if (end.killed) kills++;
        else isOver = true;
        wrong.push(...end.wrong.map((each) => `killed after ${times} changes: ${each}`));
      }
    });
    say(`${kills} kills`);
    for (const each of wrong.slice(0, 20)) say(each);
    must(kills > 0 && crashes > 0, 'nothing died');
    must(wrong.length === 0, `${wrong.length} things are wrong`);
  },
};
