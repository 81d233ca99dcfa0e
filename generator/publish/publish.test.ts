import { expect, it } from 'vitest';
import { encodeText } from '../lib/bytes.ts';
import { openSpool } from '../lib/spool.ts';
import { memoryStore } from '../store/memory.ts';
import type { Store } from '../store/store.ts';
import { snapshotOf } from '../testing/copies.ts';
import { garbageOf } from '../testing/whole-site.ts';
import { openBlobs, pack } from './blobs.ts';
import { inspectSite } from './check/inspect.ts';
import { damagedIn } from './check/verify.ts';
import { tidyUp } from './clean-up.ts';
import { openDraft } from './draft.ts';
import { needsBeside } from './kept.ts';
import { publish } from './publish.ts';
import { readManifest } from './read.ts';
import { rollBack } from './rollback.ts';
import { openStart } from './start.ts';
import type { TreeManifest } from './tree/tree.ts';

const ORG = 'org_1';
const CALLS = 600;
const IS_PART = /\/blobs\/[0-9a-f]{64}\.\d+$/;
const keeps = { createOnly: true, compareAndSwap: true };
const pageOf = (text: string) => pack(encodeText(text), 'text/html');

/** A site of so many calls that their pages are in eight parts, and which parts are read of it. */
async function site() {
  const store = memoryStore(() => 0);
  const read = new Set<string>();
  const watched: Store = {
    ...store,
    get(key, options) {
      if (IS_PART.test(key)) read.add(key);
      return store.get(key, options);
    },
  };
  /** Publish other texts of calls. */
  async function run(texts: ReadonlyMap<number, string>, mayKeep = true) {
    read.clear();
    const start = await openStart(watched, ORG);
    const before = start.pointer && ((await readManifest(watched, ORG, start.pointer)) as TreeManifest);
    const blobs = openBlobs(watched, ORG, start.generation, async () => true);
    await using spool = await openSpool();
    const files = openDraft(before?.files, new Set(), blobs, spool);
    for (const [call, text] of texts) await files.put(`/calls/${call}/`, await pageOf(text), text);
    await files.put('/', await pageOf('front'), 'front');
    const needs = start.pointer && before ? await needsBeside(watched, ORG, start.pointer, before) : {};
    return publish(watched, ORG, {
      needs,
      ...{ files, csp: '', state: await blobs.put(encodeText(`state ${start.generation}`)), stateBlobs: [] },
      ...{ calls: CALLS, written: blobs.written, over: start, before, mayKeep, keeps, publishedAt: '2026-04-01' },
    });
  }
  await run(new Map(Array.from({ length: CALLS }, (_, call) => [call, `call ${call}`])));
  const manifest = async () => {
    const start = await openStart(watched, ORG);
    return { start, manifest: (await readManifest(watched, ORG, start.pointer ?? expect.fail())) as TreeManifest };
  };
  /** What a run does that finds nothing new. @returns objects removed */
  async function rest() {
    read.clear();
    const { start, manifest: current } = await manifest();
    const { pointer = expect.fail(), etag = '' } = start;
    const needs = await needsBeside(watched, ORG, pointer, current);
    expect(await damagedIn(start.lies, current, new Set(), Object.values(needs).flat())).toEqual(new Map());
    const about = {
      manifest: current,
      damaged: new Set<string>(),
      kept: pointer.kept,
      needs,
      keeps: async () => keeps,
    };
    return tidyUp(watched, ORG, { start: { ...start, pointer, etag }, ...about });
  }
  return { store, read, run, manifest, rest };
}

it('a change of one call reads the parts that it changes, and an idle run none', async () => {
  const { store, read, run, manifest, rest } = await site();
  for (const call of [1, 2, 3, 4, 5, 6, 7, 8, 9]) {
    await run(new Map([[call, `other ${call}`]]));
    // The one that the call was in and is in now, and those of the other files.
    expect(read.size).toBeLessThanOrEqual(4);
  }
  expect(garbageOf(await snapshotOf(store), ORG)).toEqual([]);
  expect(await inspectSite(store, ORG, true)).toMatchObject({ builds: 8, damage: [] });
  expect((await manifest()).manifest.files.lists.calls).toHaveLength(8);
  expect(await rest()).toBe(0);
  expect([...read]).toEqual([]);
});

it('after a rollback an idle run, and the next change, read the parts alone in which kept builds are others', async () => {
  const { store, read, run, rest } = await site();
  await run(new Map([[1, 'other']]));
  await rollBack(store, ORG, 1, '2026-04-02', async () => keeps);
  expect(await rest()).toBe(0);
  // The one with the call and that of the other files, as both builds have them.
  expect(read.size).toBeLessThanOrEqual(4);
  await run(new Map([[1, 'a third one']]));
  expect(read.size).toBeLessThanOrEqual(6);
  expect(await rest()).toBe(0);
  expect([...read]).toEqual([]);
  expect(garbageOf(await snapshotOf(store), ORG)).toEqual([]);
  expect(await inspectSite(store, ORG, true)).toMatchObject({ builds: 3, damage: [] });
});

it('older builds that are given up go by what is known of them, without any part that stays being read', async () => {
  const { store, read, run } = await site();
  await run(new Map([[1, 'other']]));
  await run(new Map([[2, 'other']]), false);
  expect(read.size).toBeLessThanOrEqual(4);
  expect(garbageOf(await snapshotOf(store), ORG)).toEqual([]);
  expect(await inspectSite(store, ORG, true)).toMatchObject({ builds: 1, damage: [] });
});

it('what a killed run has left is found among all names, and goes', async () => {
  const { store, run } = await site();
  const left = [`${ORG}/blobs/${'ab'.repeat(32)}.1`, `${ORG}/blobs/${'ab'.repeat(32)}-${'0'.repeat(12)}.br.1`];
  for (const key of left) await store.put(key, 'x');
  await run(new Map([[1, 'other']]));
  for (const key of left) expect(await store.get(key)).toBe(undefined);
  expect(garbageOf(await snapshotOf(store), ORG)).toEqual([]);
  expect(await inspectSite(store, ORG, true)).toMatchObject({ builds: 2, damage: [] });
});

it('a page that nobody speaks of is missed where it is gone, or has another size', async () => {
  const { store, run, manifest } = await site();
  const { files } = (await manifest()).manifest;
  const keyOf = async (call: number) => `${ORG}/${(await files.get(`/calls/${call}/`))?.blob}`;
  const [a, b] = [await keyOf(5), await keyOf(6)];
  const [bodyA, bodyB] = [await store.get(a), await store.get(b)].map((object) => object?.body ?? expect.fail());
  const change = () => run(new Map([[1, 'other']]));
  await store.remove(a);
  await expect(change()).rejects.toThrow(`missing blob: ${a} of /calls/5/`);
  // The sizes of both together are as they were.
  await store.put(a, new Uint8Array([...(bodyA as Uint8Array), 0]));
  await store.put(b, (bodyB as Uint8Array).slice(1));
  await expect(change()).rejects.toThrow(/damaged blob: .* of \/calls\/[56]\//);
  const { start, manifest: current } = await manifest();
  expect([...(await damagedIn(start.lies, current)).values()].map(({ path }) => path).sort()).toEqual([
    '/calls/5/',
    '/calls/6/',
  ]);
  await store.put(a, bodyA as Uint8Array);
  await store.put(b, bodyB as Uint8Array);
  await change();
  expect(await inspectSite(store, ORG, true)).toMatchObject({ builds: 2, damage: [] });
});
