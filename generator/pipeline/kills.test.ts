import pMap from 'p-map';
import { expect, it } from 'vitest';
import { withKills } from './testing/kills.ts';

/** A run of one recording writes, removes and asks some 30 times: twenty of these, spread over all. */
const KILLS = Array.from({ length: 20 }, (_, i) => 1 + Math.floor(i * 1.5));

it('is killed by SIGKILL after any of its changes, and the next runs bring all calls to the same end', async () => {
  const ends = await withKills((kill) =>
    pMap(KILLS, async (times) => ({ times, ...(await kill(times)) }), { concurrency: 2 }),
  );
  expect(ends.flatMap(({ times, wrong }) => wrong.map((each) => `killed after ${times}: ${each}`))).toEqual([]);
  expect(ends.filter(({ killed }) => killed)).toHaveLength(20);
});
