import { expect, it } from 'vitest';
import { surviveKill } from './kills.ts';
import { callsOf, momentOf } from './publish-faults.ts';

it('a process that is killed beside the switch of the pointer leaves a whole site, and the next run heals it', async () => {
  const moment = await momentOf('deleted call');
  const calls = await callsOf(moment);
  const call = calls.findIndex(({ method, key }) => method === 'put' && key.endsWith('pointer.json')) + 1;
  // Every call, and over S3, in `npm run soak -- kills`.
  const kills = (['before', 'after'] as const).map((when) => surviveKill(moment, { call, when }));
  expect(await Promise.all(kills)).toEqual([true, true]);
});
