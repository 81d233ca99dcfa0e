import { expect, it } from 'vitest';
import { callsOfRun, killedAt, momentBefore, RUNS } from '../testing/erase-crashes.ts';

/** Of each run; `npm run soak -- erase` takes every one. */
const SAMPLE = 4;

it.each(RUNS)('erase leaves nothing after a killed %s', async (run) => {
  const moment = await momentBefore(run);
  const calls = await callsOfRun(moment);
  const writes = calls.flatMap(({ method }, i) => (method === 'put' || method === 'remove' ? [i + 1] : []));
  for (let i = 0; i < SAMPLE; i++) {
    const call = writes[Math.floor((i * (writes.length - 1)) / (SAMPLE - 1))] ?? 0;
    const kind = i % 2 === 0 ? 'crash before' : 'crash after';
    expect([run, call, kind, await killedAt(moment, call, kind)]).toEqual([run, call, kind, []]);
  }
});
