import { describe, expect, it } from 'vitest';
import { memoryStore } from '../store/memory.ts';
import type { ConditionalWrites } from '../store/probe.ts';
import type { Store } from '../store/store.ts';
import { watched } from '../store/testing/watched.ts';
import { tidyUp } from './clean-up.ts';
import { needsBeside } from './kept.ts';
import { numberOf, type Pointer } from './manifest.ts';
import { openStart } from './start.ts';
import { Overtaken } from './switch.ts';
import { blobOf, KEEPS, keysIn, manifestIn, ORG, pointerIn, publishBuilds, putPointer } from './testing/small-site.ts';

const DAY = 24 * 60 * 60_000;
const left = (generation: number) => `blobs/${'0'.repeat(64)}.${generation}`;
const LEFT = [left(1), `builds/2-${'0'.repeat(16)}.json`, 'builds/2-cci-probe-x', 'builds/3-damaged-1.json'];

/** Three builds that were written at 0, by a clock that a test sets. */
async function site() {
  const clock = { time: 0 };
  const store = memoryStore(() => clock.time);
  await publishBuilds(store, 3);
  return { store, clock, pointer: await pointerIn(store), keys: await keysIn(store) };
}

interface Change {
  kept?: number;
  damaged?: string[];
  storeTime?: number;
  keeps?: () => Promise<ConditionalWrites>;
}
const never = () => Promise.reject(new Error('asked what the store keeps'));

/** @param change `kept`: so many of the kept builds may still be read */
async function tidy(store: Store, { kept, damaged = [], storeTime, keeps = never }: Change = {}) {
  const start = await openStart(store, ORG);
  const [pointer, etag] = [start.pointer ?? expect.fail(), start.etag ?? expect.fail()];
  const manifest = await manifestIn(store);
  const needs = await needsBeside(store, ORG, pointer, manifest);
  return tidyUp(store, ORG, {
    ...{ start: { ...start, pointer, etag }, manifest, needs, damaged: new Set(damaged), keeps },
    ...{ kept: pointer.kept.slice(0, kept), ...(storeTime !== undefined && { storeTime }) },
  });
}
const withoutNonce = ({ nonce: _, ...pointer }: Pointer) => pointer;

describe('an idle run', () => {
  it('removes nothing where nothing is too much, writes nothing, and looks at no older build', async () => {
    const { store, pointer, keys } = await site();
    const {
      store: observed,
      calls: { read },
    } = watched(store);
    expect(await tidy(observed)).toBe(0);
    expect(new Set(read)).toEqual(new Set(['pointer.json', pointer.manifest].map((key) => `${ORG}/${key}`)));
    expect([await keysIn(store), await pointerIn(store)]).toEqual([keys, pointer]);
  });

  it('removes what bears a generation up to the pointer’s and nobody needs, and leaves all other names alone', async () => {
    const { store, pointer, keys } = await site();
    const others = ['blobs/odd', 'builds/odd.json', 'notes.1', 'sent-days.json'];
    for (const key of [...LEFT, ...others]) await store.put(`${ORG}/${key}`, 'x');
    expect(await tidy(store)).toBe(LEFT.length);
    expect(await keysIn(store)).toEqual([...keys, ...others].sort());
    expect(await pointerIn(store)).toEqual(pointer);
  });

  it('leaves what a later run may still publish, for a day by the store’s clock', async () => {
    const { store, clock, pointer, keys } = await site();
    clock.time = 1000;
    await store.put(`${ORG}/${left(4)}`, 'x');
    await store.put(`${ORG}/${left(2)}`, 'x');
    clock.time = 1000 + DAY;
    await store.put(`${ORG}/${left(5)}`, 'x');
    // By the newest of what lies there it is just a day old.
    expect(await tidy(store)).toBe(1);
    expect(await keysIn(store)).toEqual([...keys, left(4), left(5)].sort());
    expect(await tidy(store, { storeTime: 1000 + DAY })).toBe(0);
    expect(await pointerIn(store)).toEqual(pointer);
  });

  it('writes the pointer anew before it removes what has lain there longer, so that no run that slept can publish', async () => {
    const { store, clock, pointer, keys } = await site();
    clock.time = 1000;
    for (const key of [left(2), left(4), left(5)]) await store.put(`${ORG}/${key}`, 'x');
    const order: string[] = [];
    const observed: Store = {
      ...store,
      put(key, ...rest) {
        order.push(`put ${key}`);
        return store.put(key, ...rest);
      },
      remove(key) {
        order.push(`remove ${key}`);
        return store.remove(key);
      },
    };
    expect(await tidy(observed, { storeTime: 1001 + DAY, keeps: async () => KEEPS })).toBe(3);
    expect(order[0]).toBe(`put ${ORG}/pointer.json`);
    expect(order.slice(1).sort()).toEqual([left(2), left(4), left(5)].map((key) => `remove ${ORG}/${key}`));
    const now = await pointerIn(store);
    expect(withoutNonce(now)).toEqual({ ...withoutNonce(pointer), generation: 5 });
    expect(now.nonce).not.toBe(pointer.nonce);
    expect(await keysIn(store)).toEqual(keys);
  });

  it('takes what the store tells no time of for new', async () => {
    const timeless = memoryStore();
    await publishBuilds(timeless, 1);
    await timeless.put(`${ORG}/${left(9)}`, 'x');
    expect(await tidy(timeless, { storeTime: 5 * DAY })).toBe(0);
  });

  it('removes nothing where another run has published meanwhile', async () => {
    const { store, clock, pointer } = await site();
    await store.put(`${ORG}/${left(9)}`, 'x');
    clock.time = 2 * DAY;
    const keeps = async () => {
      await putPointer(store, { ...pointer, nonce: 'of another run' });
      return KEEPS;
    };
    await expect(tidy(store, { storeTime: 2 * DAY, keeps })).rejects.toThrow(Overtaken);
    expect(await store.get(`${ORG}/${left(9)}`)).toBeDefined();
  });
});

describe('an older build', () => {
  const kept = async (store: Store) => (await pointerIn(store)).kept.map(numberOf);

  it('that may not be read any more goes with what only it needs, after the pointer has let go of it', async () => {
    const { store, pointer } = await site();
    const [two, one] = pointer.kept;
    const page = await blobOf(store, '/', one);
    expect(await tidy(store, { kept: 1, keeps: async () => KEEPS })).toBeGreaterThan(2);
    expect(await kept(store)).toEqual([2]);
    const keys = await keysIn(store);
    expect([page, one?.manifest, two?.manifest].map((key) => keys.includes(String(key)))).toEqual([false, false, true]);
    expect(await tidy(store, { kept: 1 })).toBe(0);
    await tidy(store, { kept: 0, keeps: async () => KEEPS });
    expect(await kept(store)).toEqual([]);
    expect((await keysIn(store)).filter((key) => key.startsWith('builds/'))).toEqual([pointer.manifest]);
    expect(await tidy(store)).toBe(0);
  });

  it('that needs what is gone, or known to be no good, goes too', async () => {
    for (const how of ['gone', 'no good']) {
      const { store, pointer } = await site();
      const page = await blobOf(store, '/', pointer.kept[0]);
      if (how === 'gone') await store.remove(`${ORG}/${page}`);
      expect(await tidy(store, { damaged: how === 'gone' ? [] : [page], keeps: async () => KEEPS })).toBeGreaterThan(1);
      expect(await kept(store)).toEqual([1]);
      expect((await keysIn(store)).includes(page)).toBe(false);
    }
  });

  it('whose manifest is gone goes too', async () => {
    const { store, pointer } = await site();
    await store.remove(`${ORG}/${pointer.kept[1]?.manifest}`);
    await tidy(store, { keeps: async () => KEEPS });
    expect(await kept(store)).toEqual([2]);
  });

  it('of which nobody has listed the needs is looked at, and stays', async () => {
    const { store, pointer } = await site();
    const start = await openStart(store, ORG);
    const { older: _, ...manifest } = await manifestIn(store);
    await store.put(`${ORG}/${left(1)}`, 'x');
    const { lies } = await openStart(store, ORG);
    const idle = { manifest, needs: {}, damaged: new Set<string>(), kept: pointer.kept, keeps: never };
    const all = { ...start, lies, pointer, etag: start.etag ?? '' };
    expect(await tidyUp(store, ORG, { start: all, ...idle })).toBe(1);
    expect(await kept(store)).toEqual([2, 1]);
    expect(await tidy(store)).toBe(0);
  });
});
