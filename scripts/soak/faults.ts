import {
  callsOf,
  callsThatDiffer,
  type Fault,
  faultsAt,
  type Moment,
  momentOf,
  nameOf,
  type Seen,
  STORIES,
  spread,
  surviveFaults,
} from '../../generator/testing/publish-faults.ts';
import { type Check, must } from './lib/check.ts';
import { sizeOf } from './lib/sizes.ts';

/** Doubles of each story: CCI_FAULTS. */
const DOUBLES = 2_000;
/** Failures that are named; the rest is only counted. */
const MOST_NAMED = 10;

export const check: Check = {
  does: 'a publish with every fault at every call of its store, and pairs of faults in one run and in two (CCI_FAULTS of each story)',
  async run({ say }) {
    let failed = 0;
    for (const story of STORIES) {
      const moment = await momentOf(story);
      const calls = await callsOf(moment);
      const seen: Seen = new Set();
      const survive = async (what: string, plans: Fault[][][]) => {
        const { survived, crashed, failures } = await surviveAll(moment, plans, seen);
        for (const [plan, why] of failures.slice(0, MOST_NAMED)) say(`${nameOf(calls, plan)}: ${why}`);
        failed += failures.length;
        say(
          `${story}: ${survived} of ${plans.length} ${what} survived, ${crashed} of them crashes; ${seen.size} different remains healed`,
        );
      };
      const singles = faultsAt(calls.map((_, i) => i + 1));
      await survive(
        `single faults at ${calls.length} calls`,
        singles.map((fault) => [[fault]]),
      );
      const distinct = faultsAt(callsThatDiffer(calls));
      const inOneRun = distinct.flatMap((first) =>
        first[1].startsWith('crash') ? [] : distinct.filter(([at]) => at > first[0]).map((second) => [[first, second]]),
      );
      const inTwoRuns = distinct.flatMap((first) => distinct.map((second) => [[first], [second]]));
      const doubles = sizeOf('CCI_FAULTS', DOUBLES);
      await survive(`double faults in one run (of ${inOneRun.length})`, spread(inOneRun, doubles / 2));
      await survive(`double faults in two runs (of ${inTwoRuns.length})`, spread(inTwoRuns, doubles / 2));
    }
    must(failed === 0, `${failed} faults were not survived`);
  },
};

async function surviveAll(moment: Moment, plans: readonly Fault[][][], seen: Seen) {
  let crashed = 0;
  const failures: [Fault[][], string][] = [];
  for (const plan of plans) {
    try {
      if (await surviveFaults(moment, plan, seen)) crashed++;
    } catch (error) {
      failures.push([plan, String(error)]);
    }
  }
  return { survived: plans.length - failures.length, crashed, failures };
}
