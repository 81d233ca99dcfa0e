import { describe, expect, it } from 'vitest';
import { build, everything, memoryWorld, plainRenderer, putCall } from '../fixtures/world.ts';
import { encodeText, sha256 } from '../lib/bytes.ts';
import { silentLog } from '../lib/console.ts';
import { buildAll } from '../run.ts';
import { memoryStore } from '../store/memory.ts';
import type { Store } from '../store/store.ts';
import { inspectAssets, listAssets, publishAssets, readAsset, repairAssets } from './assets.ts';

const BUNDLE = new Map<string, Uint8Array>(
  Array.from({ length: 12 }, (_, i) => [`part.${i}.js`, encodeText(`export const n = ${i};`)] as const),
);
const hashOf = (name: string): string => sha256(BUNDLE.get(name) ?? '');

/** The bundle as published. */
async function published(): Promise<Store> {
  const store = memoryStore();
  expect(await publishAssets(store, BUNDLE, 'first')).toEqual([]);
  return store;
}
/** One bit of it turns over; its size stays. */
async function flip(store: Store, key: string): Promise<void> {
  const body = (await store.get(key))?.body ?? new Uint8Array();
  await store.put(key, body.with(1, (body[1] ?? 0) ^ 1));
}
const bytesOf = async (store: Store, name: string) => Buffer.from((await store.get(`assets/${name}`))?.body ?? []);

describe('published assets', () => {
  it('have their hash beside them, and nothing is written twice', async () => {
    const store = await published();
    expect((await listAssets(store)).get('part.3.js')).toEqual({ size: 19, hashes: new Set([hashOf('part.3.js')]) });
    const before = await everything(store);
    expect(before.size).toBe(24);
    const silent: Store = { ...store, put: (key) => Promise.reject(new Error(`written: ${key}`)) };
    expect(await publishAssets(silent, BUNDLE, 'second')).toEqual([]);
  });

  it('get their hashes where an older version published them without', async () => {
    const store = memoryStore();
    for (const [name, bytes] of BUNDLE) await store.put(`assets/${name}`, bytes);
    expect(await inspectAssets(store, true)).toEqual({ assets: 12, unknown: 12, damage: [] });
    expect(await publishAssets(store, BUNDLE, 'next')).toEqual([]);
    expect(await inspectAssets(store, true)).toEqual({ assets: 12, unknown: 0, damage: [] });
  });

  it('are read only with the bytes that were published', async () => {
    const store = await published();
    const listed = (await listAssets(store)).get('part.5.js') ?? { hashes: new Set<string>() };
    expect(await readAsset(store, 'part.5.js', listed)).toEqual(BUNDLE.get('part.5.js'));
    await flip(store, 'assets/part.5.js');
    await expect(readAsset(store, 'part.5.js', listed)).rejects.toThrow('damaged asset: assets/part.5.js');
    await store.remove('assets/part.5.js');
    expect(await readAsset(store, 'part.5.js', listed)).toBe(undefined);
  });

  it('may have the bytes of either of two bundles that give them one name', async () => {
    const store = await published();
    const other = (text: string) => new Map([['part.1.js', encodeText(text)]]);
    expect(await publishAssets(store, other('export const n = 9;'), 'as long')).toEqual([]);
    expect(await bytesOf(store, 'part.1.js')).toEqual(Buffer.from(BUNDLE.get('part.1.js') ?? []));
    expect(await publishAssets(store, other('n'), 'shorter')).toEqual(['part.1.js']);
    expect(await bytesOf(store, 'part.1.js')).toEqual(Buffer.from('n'));
    expect((await inspectAssets(store, true)).damage).toEqual([]);
  });
});

describe('a run', () => {
  it('writes again what is missing or has another size, and looks into a few others each time', async () => {
    const store = await published();
    await store.remove('assets/part.1.js');
    await store.put('assets/part.2.js', 'x');
    expect(await publishAssets(store, BUNDLE, 'now')).toEqual(['part.1.js', 'part.2.js']);
    await flip(store, 'assets/part.7.js');
    const reads: string[] = [];
    const noted: Store = {
      ...store,
      get(key) {
        reads.push(key);
        return store.get(key);
      },
    };
    let runs = 0;
    for (let found: string[] = []; found.length === 0; runs++) {
      if (runs > 40) throw new Error('not found in 40 runs');
      reads.length = 0;
      found = await publishAssets(noted, BUNDLE, `run ${runs}`);
      expect(reads.length).toBeLessThanOrEqual(4);
    }
    expect(await bytesOf(store, 'part.7.js')).toEqual(Buffer.from(BUNDLE.get('part.7.js') ?? []));
  });

  it('that has nothing else to do writes a damaged asset again, and says so', async () => {
    const said: string[] = [];
    const log = { ...silentLog, say: (text: string) => void said.push(text) };
    const world = memoryWorld();
    await putCall(world.results, 'org_1', { id: 'a' });
    await build(world, 'org_1');
    await buildAll({ ...world, logFor: () => silentLog }, undefined);
    await flip(world.reports, 'assets/app.0.css');
    const outcomes = await buildAll({ ...world, logFor: (org) => (org === 'assets' ? log : silentLog) }, undefined);
    expect(outcomes).toMatchObject([{ result: { published: false } }]);
    expect(await bytesOf(world.reports, 'app.0.css')).toEqual(
      Buffer.from((await plainRenderer.assets()).get('app.0.css') ?? []),
    );
    expect(said).toEqual(['missing or damaged, and written again: app.0.css']);
  });
});

describe('an inspection', () => {
  it('finds a flipped bit and a lost asset, which the bundle of any version that has them makes good', async () => {
    const store = await published();
    await flip(store, 'assets/part.4.js');
    await store.remove('assets/part.9.js');
    const nine = `assets/sha256/${hashOf('part.9.js')}/part.9.js`;
    const lost = { name: 'part.9.js', verdict: 'missing', keys: [nine] };
    expect(await inspectAssets(store, false)).toEqual({ assets: 12, unknown: 0, damage: [lost] });
    const { damage } = await inspectAssets(store, true);
    const four = ['assets/part.4.js', `assets/sha256/${hashOf('part.4.js')}/part.4.js`];
    expect(damage).toEqual([{ name: 'part.4.js', verdict: 'damaged', keys: four }, lost]);
    const other = new Map([['part.9.js', encodeText('other bytes')]]);
    expect(await repairAssets(store, damage, other)).toEqual(damage);
    expect(await inspectAssets(store, true)).toMatchObject({ damage });
    expect(await repairAssets(store, damage, BUNDLE)).toEqual([]);
    expect(await inspectAssets(store, true)).toEqual({ assets: 12, unknown: 0, damage: [] });
    for (const [name, bytes] of BUNDLE) expect(await bytesOf(store, name)).toEqual(Buffer.from(bytes));
  });
});
