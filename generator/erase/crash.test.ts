import { expect, it } from 'vitest';
import { callsOfRun, killedAt, momentBefore, RUNS } from '../testing/erase-crashes.ts';
import { ORG } from '../testing/erased-call.ts';
import { eraseBesideScratch, killErase } from '../testing/kills.ts';

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

it('a process that is killed while it erases leaves nothing that the next erase, or the next run, does not remove', async () => {
  const moment = await momentBefore('erase');
  const kills = (['before', 'after'] as const).map((when) => killErase(moment, { call: `${ORG}/pointer.json`, when }));
  expect(await Promise.all(kills)).toEqual(kills.map(() => ({ killed: true, wrong: [] })));
});

it('what a killed writer has left beside the objects of a folder goes, where nothing else is left of the call', async () => {
  expect(await eraseBesideScratch()).toEqual({ state: 'nothing', left: [] });
});
