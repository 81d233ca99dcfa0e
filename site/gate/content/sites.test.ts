import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { decodeText, encodeText, squeeze, unsqueeze } from '../../../generator/lib/bytes.ts';
import { messageOf } from '../../../generator/lib/errors.ts';
import { listAssets, publishAssets } from '../../../generator/publish/assets.ts';
import { memoryStore } from '../../../generator/store/memory.ts';
import type { Store } from '../../../generator/store/store.ts';
import type { OrganizationId } from '../auth/tenant.ts';
import type { Coding } from '../http/negotiation.ts';
import { publishSite } from '../testing/gate.ts';
import { openSites } from './sites.ts';

const org = (id: string) => id as OrganizationId;

const unpacked = (bytes: Uint8Array, coding: Coding): Uint8Array =>
  coding === 'gzip' ? gunzipSync(bytes) : coding === 'br' && bytes.length > 5 ? brotliDecompressSync(bytes) : bytes;

/** A store that notes what is read. */
function watched(): { store: Store; reads: string[]; lists: string[] } {
  const [store, reads, lists]: [Store, string[], string[]] = [memoryStore(), [], []];
  const get: Store['get'] = (key, options) => {
    reads.push(key);
    return store.get(key, options);
  };
  const list: Store['list'] = (prefix) => {
    lists.push(prefix);
    return store.list(prefix);
  };
  return { store: { ...store, get, list }, reads, lists };
}

test('it reads a pointer once in two seconds, and a manifest once in its life', async () => {
  const { store, reads } = watched();
  await publishSite(store, 'org_1', { '/': 'one' });
  let clock = 0;
  reads.length = 0;
  const sites = openSites(store, { now: () => clock });
  await Promise.all([1, 2, 3].map(() => sites.find(org('org_1'), '/')));
  clock = 1999;
  await sites.find(org('org_1'), '/nowhere');
  expect(reads).toHaveLength(3);
  clock = 2000;
  await sites.find(org('org_1'), '/');
  expect(reads.filter((key) => key.endsWith('pointer.json'))).toHaveLength(2);
  expect(reads).toHaveLength(4);
});

test('it shows a new build, or a first one, after two seconds at most', async () => {
  const { store } = watched();
  let clock = 0;
  const sites = openSites(store, { now: () => clock });
  expect(await sites.find(org('org_1'), '/')).toBe('not published');
  await publishSite(store, 'org_1', { '/': 'one' });
  clock = 2000;
  expect(await sites.find(org('org_1'), '/')).toMatchObject({ build: expect.stringMatching(/^1-/) });
  await publishSite(store, 'org_1', { '/': 'two', '/new/': 'x' }, 2);
  clock = 3999;
  expect(await sites.find(org('org_1'), '/new/')).toBe('not found');
  clock = 4000;
  expect(await sites.find(org('org_1'), '/new/')).toMatchObject({ build: expect.stringMatching(/^2-/) });
});

test('it refuses a pointer or manifest that says it is another organization’s', async () => {
  const { store } = watched();
  await publishSite(store, 'org_12', { '/': 'theirs' });
  for await (const { key } of store.list('org_12/')) {
    const object = await store.get(key);
    await store.put(key.replace('org_12', 'org_1'), object?.body ?? '');
  }
  await expect(openSites(store).find(org('org_1'), '/')).rejects.toThrow('foreign pointer');
  const pointer = await store.get('org_1/pointer.json');
  await store.put('org_1/pointer.json', decodeText(pointer?.body ?? encodeText('')).replace('org_12', 'org_1'));
  await expect(openSites(store).find(org('org_1'), '/')).rejects.toThrow('foreign manifest');
});

test('it refuses a manifest of which a byte has changed', async () => {
  const { store } = watched();
  await publishSite(store, 'org_1', { '/': 'ours' });
  for await (const { key } of store.list('org_1/builds/')) {
    const text = decodeText(unsqueeze((await store.get(key))?.body ?? expect.fail()));
    await store.put(key, squeeze(encodeText(text.replace("style-src 'self'", "style-src  self'"))));
  }
  await expect(openSites(store).find(org('org_1'), '/')).rejects.toThrow('damaged manifest');
});

test('it refuses bytes that are not the manifest’s, whatever is asked for', async () => {
  const { store } = watched();
  const texts: { [path: string]: string } = { '/': 'one '.repeat(100), '/x.png': 'two' };
  await publishSite(store, 'org_1', texts);
  const intact = openSites(store);
  for (const path of Object.keys(texts)) {
    const found = await intact.find(org('org_1'), path);
    if (typeof found === 'string') throw new Error(found);
    const { file } = found;
    const key = `org_1/${file.blob}`;
    const good = (await store.get(key))?.body as Uint8Array;
    expect(await openSites(store).read(org('org_1'), file, 'br')).toEqual(good);
    const outcomes = new Set<string>();
    const flipped = [...good.keys()].map((at) => good.map((byte, i) => (i === at ? byte ^ 1 : byte)));
    for (const bad of [...flipped, good.subarray(1), new Uint8Array([...good, 0]), encodeText('short')]) {
      await store.put(key, bad);
      for (const coding of ['br', 'gzip', 'identity'] as const)
        outcomes.add(
          await openSites(store)
            .read(org('org_1'), file, coding)
            .then((bytes) => decodeText(unpacked(bytes, coding)), messageOf),
        );
    }
    // The last bits of a Brotli stream are padding: whatever they are, the text is the right one.
    expect([...outcomes].filter((each) => !each.startsWith('damaged blob') && each !== texts[path])).toEqual([]);
    expect(outcomes).toContain(`damaged blob: ${key}`);
  }
});

test('it reads a file once, and a damaged one again', async () => {
  const { store, reads } = watched();
  await publishSite(store, 'org_1', { '/': 'one' });
  const sites = openSites(store);
  const found = await sites.find(org('org_1'), '/');
  if (typeof found === 'string') throw new Error(found);
  const key = `org_1/${found.file.blob}`;
  const good = (await store.get(key))?.body as Uint8Array;
  await store.put(key, 'x');
  await expect(sites.read(org('org_1'), found.file, 'identity')).rejects.toThrow('damaged');
  await store.put(key, good);
  reads.length = 0;
  for (let i = 0; i < 3; i++) expect(decodeText(await sites.read(org('org_1'), found.file, 'identity'))).toBe('one');
  expect(reads).toEqual([key]);
});

test('it keeps an empty file in memory, and reads one of more than 8 MB anew each time', async () => {
  const { store, reads } = watched();
  await publishSite(store, 'org_1', { '/empty.png': '', '/large.png': 'x'.repeat(8 * 1024 * 1024 + 1) });
  const sites = openSites(store);
  const readsOf = async (path: string) => {
    const found = await sites.find(org('org_1'), path);
    if (typeof found === 'string') throw new Error(found);
    reads.length = 0;
    for (let i = 0; i < 2; i++)
      expect(await sites.read(org('org_1'), found.file, 'identity')).toHaveLength(found.file.size);
    return reads.length;
  };
  expect(await readsOf('/empty.png')).toBe(1);
  expect(await readsOf('/large.png')).toBe(2);
});

test('it keeps the manifests and parts used last, as many as may be held', async () => {
  const { store, reads } = watched();
  for (const name of ['org_1', 'org_2', 'org_3']) await publishSite(store, name, { '/': 'x', '/a': 'x' });
  const sites = openSites(store, { now: () => 0, manifestBytes: 7_000 });
  const read = async (...names: string[]) => {
    reads.length = 0;
    for (const name of names) await sites.find(org(name), '/');
    return reads.filter((key) => !key.endsWith('pointer.json')).map((key) => key.split('/')[0]);
  };
  expect(await read('org_1', 'org_2', 'org_1')).toEqual(['org_1', 'org_1', 'org_2', 'org_2']);
  expect(await read('org_3', 'org_1', 'org_2')).toEqual(['org_3', 'org_3', 'org_2', 'org_2']);
});

test('it gives out assets that the store lists, and looks for new ones at most every two seconds', async () => {
  const { store, lists } = watched();
  await store.put('assets/a.1.js', 'one');
  await store.put('org_1/secret.json', 'theirs');
  let clock = 0;
  const sites = openSites(store, { now: () => clock });
  expect((await sites.asset('/assets/a.1.js'))?.type).toBe('text/javascript; charset=utf-8');
  await store.put('assets/b.2.woff2', 'two');
  for (const path of [
    '/assets/b.2.woff2',
    '/assets/../org_1/secret.json',
    '/org_1/secret.json',
    '/assets/',
    '/assets',
  ]) {
    expect(await sites.asset(path)).toBe(undefined);
  }
  expect(lists).toEqual(['assets/']);
  clock = 2000;
  expect(await sites.asset('/assets/b.2.woff2')).toMatchObject({ type: 'font/woff2' });
});

test('it gives out no asset that has other bytes than were published, and gives it out when it has been put right', async () => {
  const { store } = watched();
  const bytes = encodeText('export const n = 1;');
  await publishAssets(store, new Map([['a.1.js', bytes]]), 'now');
  await store.put('assets/a.1.js', bytes.with(3, 0x21));
  let clock = 0;
  const sites = openSites(store, { now: () => clock });
  for (const _ of [1, 2]) await expect(sites.asset('/assets/a.1.js')).rejects.toThrow('damaged asset: assets/a.1.js');
  const hash = [...((await listAssets(store)).get('a.1.js')?.hashes ?? [])][0] ?? '';
  clock = 2000;
  for (const path of [`/assets/sha256/${hash}/a.1.js`, 'a.1.js', '/assets/'])
    expect(await sites.asset(path)).toBe(undefined);
  await publishAssets(store, new Map([['a.1.js', bytes]]), 'then');
  expect((await sites.asset('/assets/a.1.js'))?.plain).toEqual(bytes);
});
