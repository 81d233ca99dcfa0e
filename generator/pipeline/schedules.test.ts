import { expect, it } from 'vitest';
import { walkSchedule } from './testing/schedules.ts';

const SCHEDULES = 200;

it('comes to one end however events are doubled, lost and out of order, and whoever dies: nothing is lost, and nothing is paid for twice but by a death', async () => {
  const wrong: string[] = [];
  let crashes = 0;
  for (let seed = 1; seed <= SCHEDULES; seed++) {
    const walked = await walkSchedule(seed);
    crashes += walked.crashes;
    wrong.push(...walked.wrong.map((each) => `schedule ${seed}: ${each}`));
  }
  expect(wrong).toEqual([]);
  expect(crashes).toBeGreaterThan(SCHEDULES / 2);
});
