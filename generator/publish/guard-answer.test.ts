import { expect, it } from 'vitest';
import { type Log, silentLog } from '../lib/console.ts';
import { memoryStore } from '../store/memory.ts';
import type { PutOptions, Store } from '../store/store.ts';
import { openGuard, probePrefix } from './guard.ts';
import { generationIn } from './manifest.ts';

/** A store that takes no notice of some conditions, what is written in it, and what a run says. */
function start(...ignored: (keyof PutOptions)[]) {
  const inner = memoryStore();
  const written: string[] = [];
  const said: string[] = [];
  const state = { failing: false };
  const store: Store = {
    ...inner,
    url: 's3://reports',
    async put(key, body, options = {}) {
      written.push(key);
      if (state.failing) throw new Error('gone away');
      const kept = Object.entries(options).filter(([name]) => !ignored.includes(name as keyof PutOptions));
      return inner.put(key, body, Object.fromEntries(kept));
    },
  };
  const log: Log = { ...silentLog, say: (text) => said.push(text) };
  return { guard: openGuard(store), log, written, said, state };
}

it('a store is asked once a run, and nothing is said of one that keeps both conditions', async () => {
  const { guard, log, written, said } = start();
  const all = await Promise.all([1, 2, 3].map((generation) => guard(probePrefix('org_1', generation), log)));
  expect(all).toEqual(Array(3).fill({ createOnly: true, compareAndSwap: true }));
  expect(said).toEqual([]);
  expect(new Set(written).size).toBe(1);
  expect(written[0]).toMatch(/^org_1\/builds\/1-cci-probe-/);
  // What a killed run leaves there goes with that generation.
  expect(generationIn((written[0] ?? '').slice('org_1/'.length))).toBe(1);
});

it.each<[(keyof PutOptions)[], object]>([
  [['ifMatch'], { createOnly: true, compareAndSwap: false }],
  [['ifNoneMatch'], { createOnly: false, compareAndSwap: true }],
  [['ifMatch', 'ifNoneMatch'], { createOnly: false, compareAndSwap: false }],
])('of one that takes no notice of %j it is said once, and by name', async (ignored, keeps) => {
  const { guard, log, said } = start(...ignored);
  for (const org of ['org_1', 'org_2']) expect(await guard(probePrefix(org, 1), log)).toEqual(keeps);
  expect(said).toEqual([expect.stringMatching(/^warning: s3:\/\/reports does not support conditional writes/)]);
});

it('one that failed to answer is asked again by whoever asks next', async () => {
  const { guard, log, state } = start();
  state.failing = true;
  await expect(guard(probePrefix('org_1', 1), log)).rejects.toThrow('gone away');
  state.failing = false;
  expect(await guard(probePrefix('org_2', 1), log)).toMatchObject({ createOnly: true });
});
