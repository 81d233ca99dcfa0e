import { describe, expect, it } from 'vitest';
import { sha256 } from '../../lib/bytes.ts';
import { memoryStore } from '../../store/memory.ts';
import { collect } from '../../store/ranges.ts';
import type { Store } from '../../store/store.ts';
import { watched } from '../../store/testing/watched.ts';
import type { Build } from '../manifest.ts';
import { Overtaken } from '../switch.ts';
import * as small from '../testing/small-site.ts';
import { type Damage, inspectSite } from './inspect.ts';

const { blobOf, flip, keysIn, manifestIn, ORG, pointerIn } = small;

async function site(count = 3) {
  const store = memoryStore();
  await small.publishBuilds(store, count);
  const pointer = await pointerIn(store);
  return { store, pointer, kept: pointer.kept as [Build, Build] };
}
const damageIn = async (store: Store, deep = true) => (await inspectSite(store, ORG, deep))?.damage;
const partOf = async (store: Store, family: string, build?: Build) =>
  [...(await manifestIn(store, build)).files.parts()].find(({ place }) => place?.family === family)?.at?.blob ?? '';
const cut = (store: Store, key: string) => store.put(`${ORG}/${key}`, '');
const drop = (store: Store, key: string) => store.remove(`${ORG}/${key}`);

describe('an inspection of a site', () => {
  it('counts its builds and everything that they need, and finds nothing wrong', async () => {
    const { store } = await site();
    const all = (await keysIn(store)).length;
    const whole = { builds: 3, objects: all, damage: [], generation: 3 };
    for (const deep of [false, true]) expect(await inspectSite(store, ORG, deep)).toEqual(whole);
    // What nobody needs is not looked at.
    await store.put(`${ORG}/blobs/${'0'.repeat(64)}.1`, 'x');
    expect(await inspectSite(store, ORG, true)).toEqual(whole);
  });

  it('has nothing to say where nothing is published', async () => {
    const store = memoryStore();
    for (const name of ['blobs/a.1', 'builds/1-cci-probe-x', 'sent-days.json']) await store.put(`${ORG}/${name}`, 'x');
    expect(await inspectSite(store, ORG, true)).toBe(undefined);
  });

  it('finds that the pointer is lost or damaged, and cannot tell what was current', async () => {
    const { store } = await site(1);
    await store.put(`${ORG}/pointer.json`, '{');
    const all = (await keysIn(store)).length;
    const lost = (verdict: string, objects: number) => ({
      ...{ builds: 0, objects, generation: 0, damage: [{ current: true, key: 'pointer.json', verdict }] },
    });
    expect(await inspectSite(store, ORG, false)).toEqual(lost('damaged', all));
    await drop(store, 'pointer.json');
    expect(await inspectSite(store, ORG, false)).toEqual(lost('missing', all - 1));
    const damaged = memoryStore();
    await damaged.put(`${ORG}/pointer.json`, '{');
    expect(await inspectSite(damaged, ORG, false)).toEqual(lost('damaged', 1));
  });

  it('names a page that is missing or cut, with the newest build that needs it', async () => {
    for (const [spoil, verdict] of [
      [drop, 'missing'],
      [cut, 'damaged'],
    ] as const) {
      const { store, kept } = await site();
      const shared = await blobOf(store, '/calls/c1/');
      await spoil(store, shared);
      // The page of the second build is that of the third, too; the front page is not.
      const old = await blobOf(store, '/', kept[1]);
      await spoil(store, old);
      for (const deep of [false, true])
        expect(await damageIn(store, deep)).toEqual([
          { build: 3, current: true, key: shared, verdict, path: '/calls/c1/' },
          { build: 1, current: false, key: old, verdict, path: '/' },
        ]);
    }
  });

  it('names a state that is missing, and looks into it only where it is to look deep', async () => {
    const { store, pointer, kept } = await site();
    const days = Object.keys((await manifestIn(store)).state ?? {}).filter((blob) => blob !== pointer.state.blob);
    await flip(store, days[0] ?? '');
    await flip(store, String(kept[0].state?.blob));
    expect(await damageIn(store, false)).toEqual([]);
    const found = (build: number, key: string, verdict: string) => ({
      ...{ build, current: build === 3, key, verdict },
    });
    expect(await damageIn(store)).toStrictEqual([
      found(3, days[0] ?? '', 'damaged'),
      found(2, String(kept[0].state?.blob), 'damaged'),
    ]);
    await drop(store, days[0] ?? '');
    expect(await damageIn(store, false)).toEqual([found(3, days[0] ?? '', 'missing')]);
  });

  it('names the state of a build of which the manifest names none', async () => {
    const { store, pointer, kept } = await site(2);
    const state = { blob: `blobs/${sha256('another')}.1`, sha256: sha256('another') };
    await small.putPointer(store, { ...pointer, kept: [{ ...kept[0], state }] });
    expect(await damageIn(store, false)).toEqual([{ build: 1, current: false, key: state.blob, verdict: 'missing' }]);
    await store.put(`${ORG}/${state.blob}`, 'other');
    expect(await damageIn(store)).toMatchObject([{ key: state.blob, verdict: 'damaged' }]);
    await store.put(`${ORG}/${state.blob}`, 'another');
    expect(await damageIn(store)).toEqual([]);
  });

  it('names a manifest that is gone or damaged, and goes on with the other builds', async () => {
    const { store, pointer, kept } = await site();
    await flip(store, pointer.manifest);
    await drop(store, kept[0].manifest);
    const page = await blobOf(store, '/', kept[1]);
    await flip(store, page);
    expect(await damageIn(store)).toEqual([
      { build: 3, current: true, key: pointer.manifest, verdict: 'damaged' },
      { build: 2, current: false, key: kept[0].manifest, verdict: 'missing' },
      { build: 1, current: false, key: page, verdict: 'damaged', path: '/' },
    ]);
  });

  it('names a part of a manifest that is gone, cut or has other bytes, once', async () => {
    for (const build of [0, 1]) {
      const expected = { build: 3 - build, current: build === 0 };
      const { kept } = await site();
      const of = build === 0 ? undefined : kept[0];
      for (const [spoil, verdict] of [
        [drop, 'missing'],
        [cut, 'damaged'],
        [flip, 'damaged'],
      ] as const) {
        const { store } = await site();
        const key = await partOf(store, 'site', of);
        await spoil(store, key);
        expect((await damageIn(store))?.filter((each) => each.key === key)).toEqual([{ ...expected, key, verdict }]);
      }
    }
  });

  it('looks at the files of a part that several builds have once, and at those of each other part', async () => {
    const store = memoryStore();
    const calls = Object.fromEntries(['a', 'b'].map((id) => [`/calls/${id}/`, id]));
    for (const n of [1, 2]) await small.publishTexts(store, { '/': `${n}`, ...calls });
    const {
      store: observed,
      calls: { read },
    } = watched(store);
    await inspectSite(observed, ORG, true);
    const isFile = (key: string) => /blobs\/[0-9a-f]{64}-/.test(key);
    expect(read.filter(isFile).sort()).toEqual((await keysIn(store)).filter(isFile).map((key) => `${ORG}/${key}`));
  });

  it('finds what is wrong with what an older version has published', async () => {
    const { store, pointer } = await site(1);
    const { files, ...rest } = await manifestIn(store);
    const text = JSON.stringify({ ...rest, version: 1, files: Object.fromEntries(await collect(files)) });
    await store.put(`${ORG}/${pointer.manifest}`, text);
    await small.putPointer(store, { ...pointer, sha256: sha256(text) });
    expect(await inspectSite(store, ORG, true)).toMatchObject({ builds: 1, damage: [] });
    const key = await blobOf(store, '/logo.png');
    await flip(store, key);
    expect(await damageIn(store)).toMatchObject([{ key, verdict: 'damaged', path: '/logo.png' }]);
  });

  it('fails where the store does', async () => {
    const { store } = await site();
    const keys = [await blobOf(store, '/'), await partOf(store, 'calls'), (await pointerIn(store)).manifest];
    for (const key of keys) {
      const failing: Store = {
        ...store,
        get: (each, options) =>
          each === `${ORG}/${key}` ? Promise.reject(new Error('gone away')) : store.get(each, options),
      };
      await expect(inspectSite(failing, ORG, true)).rejects.toThrow('gone away');
    }
  });
});

describe('an inspection while runs publish', () => {
  /** A store in which something happens before each of the first so many readings of a blob. */
  const busy = (store: Store, times: number, happen: () => Promise<unknown>) => {
    let listings = 0;
    const observed: Store = {
      ...store,
      async *list(prefix) {
        yield* store.list(prefix);
        listings++;
        if (listings <= times) await happen();
      },
    };
    return { observed, listings: () => listings };
  };
  const later = async (store: Store) => {
    const pointer = await pointerIn(store);
    await small.putPointer(store, { ...pointer, nonce: `${pointer.nonce}x` });
  };

  it('is made again where the pointer was switched, up to three times', async () => {
    for (const [times, finds] of [
      [1, true],
      [2, true],
      [3, false],
    ] as const) {
      const { store } = await site(1);
      const key = await blobOf(store, '/');
      await flip(store, key);
      const { observed, listings } = busy(store, times, () => later(store));
      const inspected = inspectSite(observed, ORG, true);
      if (finds) expect((await inspected)?.damage.map((each: Damage) => each.key)).toEqual([key]);
      else await expect(inspected).rejects.toThrow(Overtaken);
      expect(listings()).toBe(finds ? times + 1 : 3);
    }
  });

  it('is made again where the pointer was switched while it was listed', async () => {
    const { store } = await site(1);
    let listings = 0;
    const observed: Store = {
      ...store,
      async *list(prefix) {
        if (++listings < 3) await later(store);
        yield* store.list(prefix);
      },
    };
    expect(await inspectSite(observed, ORG, true)).toMatchObject({ builds: 1, damage: [] });
    listings = -9;
    await expect(inspectSite(observed, ORG, true)).rejects.toThrow(Overtaken);
    expect(listings).toBe(-6);
  });

  it('is good as it is where it has found nothing', async () => {
    const { store } = await site(1);
    let reads = 0;
    const observed: Store = {
      ...store,
      async get(key, options) {
        // Between the look at the last blob and the end.
        if (++reads > 3 && key.includes('/blobs/')) await later(store);
        return store.get(key, options);
      },
    };
    expect(await inspectSite(observed, ORG, true)).toMatchObject({ damage: [] });
  });

  it('is made again where what was being looked at has gone with its build', async () => {
    const { store } = await site(1);
    let once = false;
    const observed: Store = {
      ...store,
      async get(key, options) {
        if (!once && key.includes('/blobs/')) {
          once = true;
          await small.publishTexts(store, small.textsOf(2), { mayKeep: false });
        }
        return store.get(key, options);
      },
    };
    expect(await inspectSite(observed, ORG, true)).toMatchObject({ builds: 1, damage: [], generation: 2 });
  });
});
