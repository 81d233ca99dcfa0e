import { expect, it } from 'vitest';
import {
  callsOf,
  callsThatDiffer,
  faultsAt,
  momentOf,
  nameOf,
  STORIES,
  spread,
  surviveFaults,
} from './testing/publish-faults.ts';

/** Of each story; the rest, and two faults at once, in `npm run soak -- faults`. */
const SAMPLE = 24;

it.each(STORIES)(
  'a run that dies or is refused anywhere leaves a whole site, and the next heals it: %s',
  async (story) => {
    const moment = await momentOf(story);
    const calls = await callsOf(moment);
    const decisive = calls.flatMap(({ method, key }, i) =>
      method === 'put' && key.endsWith('pointer.json') ? [i + 1] : [],
    );
    expect(decisive).toHaveLength(1);
    const seen = new Set<string>();
    for (const fault of [...faultsAt(decisive), ...spread(faultsAt(callsThatDiffer(calls)), SAMPLE)])
      await expect(surviveFaults(moment, [[fault]], seen), nameOf(calls, [[fault]])).resolves.toBeDefined();
  },
);
