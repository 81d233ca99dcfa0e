import { describe, expect, it } from 'vitest';
import { memoryStore } from '../store/memory.ts';
import { PreconditionFailed, type Store } from '../store/store.ts';
import type { Pointer } from './manifest.ts';
import { readPointer } from './read.ts';
import { Overtaken, switchPointer } from './switch.ts';

const ORG = 'org_1';
const KEY = 'org_1/pointer.json';
const pointerOf = (generation: number): Pointer => ({
  version: 1,
  organization: ORG,
  generation,
  manifest: `builds/${generation}-3fe1.json`,
  sha256: '3f'.repeat(32),
  publishedAt: '2026-03-30T08:00:00.000Z',
  nonce: `n${generation}`,
  state: { blob: `blobs/ab.${generation}`, sha256: 'ab'.repeat(32) },
  kept: [],
});
const ALL = { createOnly: true, compareAndSwap: true };
const NONE = { createOnly: false, compareAndSwap: false };
const current = async (store: Store) => (await readPointer(store, ORG))?.pointer.generation;
/** A store whose writes meet this first, with what is to be written. */
const meeting = (inner: Store, first: (body: Uint8Array | string) => Promise<unknown>): Store => ({
  ...inner,
  async put(key, body, options) {
    await first(body);
    return inner.put(key, body, options);
  },
});

describe.each([
  ['that keeps conditions', ALL],
  ['that keeps none', NONE],
])('the pointer of a store %s', (_what, keeps) => {
  it('is switched from none to the first and on to the next', async () => {
    const store = memoryStore();
    await switchPointer(store, ORG, pointerOf(1), undefined, keeps);
    const read = (await readPointer(store, ORG)) ?? expect.fail();
    expect(read.pointer).toEqual(pointerOf(1));
    await switchPointer(store, ORG, pointerOf(2), read.etag, keeps);
    expect(await current(store)).toBe(2);
  });

  it('is not switched where another run was faster', async () => {
    const store = memoryStore();
    await switchPointer(store, ORG, pointerOf(1), undefined, keeps);
    const late = [undefined, 'an older etag'].map((etag) => switchPointer(store, ORG, pointerOf(2), etag, keeps));
    for (const each of await Promise.allSettled(late)) {
      const { reason } = each as PromiseRejectedResult;
      expect([reason instanceof Overtaken, reason.message]).toEqual([true, 'another run published org_1 meanwhile']);
    }
    expect(await current(store)).toBe(1);
    await store.remove(KEY);
    await expect(switchPointer(store, ORG, pointerOf(2), 'an older etag', keeps)).rejects.toThrow(Overtaken);
    expect(await current(store)).toBeUndefined();
  });
});

describe('a switch', () => {
  it('writes with the condition that the store keeps, and with none that it does not', async () => {
    const store = memoryStore();
    const seen: unknown[] = [];
    const watched: Store = {
      ...store,
      put(key, body, options) {
        seen.push(options);
        return store.put(key, body, options);
      },
    };
    await switchPointer(watched, ORG, pointerOf(1), undefined, { createOnly: true, compareAndSwap: false });
    const { etag } = (await readPointer(store, ORG)) ?? expect.fail();
    await switchPointer(watched, ORG, pointerOf(2), etag, { createOnly: true, compareAndSwap: false });
    const next = (await readPointer(store, ORG)) ?? expect.fail();
    await switchPointer(watched, ORG, pointerOf(3), next.etag, { createOnly: false, compareAndSwap: true });
    await store.remove(KEY);
    await switchPointer(watched, ORG, pointerOf(4), undefined, { createOnly: false, compareAndSwap: true });
    expect(seen).toEqual([{ ifNoneMatch: '*' }, undefined, { ifMatch: next.etag }, undefined]);
  });

  it('that has landed holds, whatever the store says of it', async () => {
    for (const error of [new PreconditionFailed(KEY), new Error('time-out')]) {
      const store = memoryStore();
      const landed = meeting(store, async (body) => {
        await store.put(KEY, body);
        throw error;
      });
      await switchPointer(landed, ORG, pointerOf(1), undefined, ALL);
      expect(await current(store)).toBe(1);
    }
  });

  it('that has not landed fails as the store did', async () => {
    const store = memoryStore();
    const failing = meeting(store, () => Promise.reject(new Error('no space')));
    await expect(switchPointer(failing, ORG, pointerOf(1), undefined, ALL)).rejects.toThrow('no space');
    const damaged = meeting(store, async () => {
      await store.put(KEY, '{');
      throw new Error('no space');
    });
    await expect(switchPointer(damaged, ORG, pointerOf(1), undefined, ALL)).rejects.toThrow('no space');
  });
});
