import pMap from 'p-map';
import { expect, it } from 'vitest';
import { surviveKill } from './testing/kills.ts';

/** Of the calls of a run of one recording; four runs die in each process, at other calls. */
const [KILLS, RUNS] = [[43, 46, 49, 52, 55], 4];

it('is killed by SIGKILL at any of its calls, and the next runs bring all calls to the same end', async () => {
  const ends = await pMap(KILLS, (call) => surviveKill(call, call % 2 === 0 ? 'before' : 'after', RUNS), {
    concurrency: 2,
  });
  expect(ends.flatMap(({ wrong }, i) => wrong.map((each) => `killed at call ${KILLS[i]}: ${each}`))).toEqual([]);
  expect(ends.every(({ killed }) => killed)).toBe(true);
});
