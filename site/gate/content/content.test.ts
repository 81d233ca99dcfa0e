import { expect, test } from 'vitest';
import { decodeText, sha256, unsqueeze } from '../../../generator/lib/bytes.ts';
import type { Build, SiteFile } from '../../../generator/publish/manifest.ts';
import { readPointer } from '../../../generator/publish/read.ts';
import { memoryStore } from '../../../generator/store/memory.ts';
import { publishSite } from '../testing/gate.ts';
import { openContents } from './content.ts';

const hash = '3f'.repeat(32);
const page: SiteFile = { blob: `blobs/${hash}.7`, sha256: hash, size: 3, stored: 3, type: 'text/html', input: 'x' };

/** A store with a site of so many calls, and which objects are read of it. */
async function published(calls: number) {
  const store = memoryStore();
  const paths = Array.from({ length: calls }, (_, i) => `/calls/${i}/`);
  await publishSite(store, 'org_1', Object.fromEntries(['/', '/404.html', ...paths].map((path) => [path, path])));
  const reads: string[] = [];
  const get: typeof store.get = (key, options) => {
    reads.push(key);
    return store.get(key, options);
  };
  const build = (await readPointer(store, 'org_1'))?.pointer as Build;
  return { store: { ...store, get }, build, paths, reads };
}

test('it reads a manifest once and the part of a path once, and knows exact paths only', async () => {
  const { store, build, paths, reads } = await published(300);
  const contents = openContents(store);
  const found = await Promise.all(['/', '/404.html', ...paths].map((path) => contents.find('org_1', build, path)));
  expect(found.map(({ file }) => file?.sha256)).toEqual(['/', '/404.html', ...paths].map((path) => sha256(path)));
  // 300 pages of calls are in four parts, all other files in one.
  expect([reads.length, new Set(reads).size]).toEqual([6, 6]);
  for (const path of ['/calls/1', '/calls/300/', '', '__proto__', '/calls/__proto__/', '/calls/1/x', '/CALLS/1/'])
    expect([path, (await contents.find('org_1', build, path)).file]).toEqual([path, undefined]);
  expect(reads).toHaveLength(6);
});

test('it holds no more than it may, and what is asked for in any case', async () => {
  const { store, build, paths, reads } = await published(300);
  const contents = openContents(store, 1);
  for (const path of ['/calls/1/', '/calls/1/', ...paths.slice(0, 9)])
    expect((await contents.find('org_1', build, path)).file?.sha256).toBe(sha256(path));
  expect(reads.length).toBeGreaterThan(20);
});

test('it gives out no file of a part that is damaged or gone, and those of other parts all the same', async () => {
  const { store, build, paths } = await published(300);
  const whole = openContents(store);
  const [first = ''] = paths;
  const other = paths.find((path) => path !== first) as string;
  for await (const { key } of store.list('org_1/blobs/')) {
    const good = (await store.get(key))?.body as Uint8Array;
    if (key.includes('-')) continue;
    for (const harm of [
      () => store.remove(key),
      () =>
        store.put(
          key,
          good.map((byte, i) => (i === 9 ? byte ^ 1 : byte)),
        ),
    ]) {
      await harm();
      const contents = openContents(store);
      const outcomes = await Promise.all(
        ['/', ...paths].map((path) =>
          contents.find('org_1', build, path).then(
            ({ file }) => file?.sha256 === sha256(path),
            (error: Error) =>
              /^(missing|damaged) part of the manifest: org_1\/blobs\//.test(error.message) && 'refused',
          ),
        ),
      );
      expect(new Set(outcomes)).toEqual(new Set([true, 'refused']));
      await store.put(key, good);
      // A failure is not remembered.
      expect((await contents.find('org_1', build, other)).file).toEqual((await whole.find('org_1', build, other)).file);
    }
  }
});

test('it takes no part that belongs elsewhere, though its hash is right', async () => {
  const { store, build } = await published(300);
  const key = `org_1/${build.manifest}`;
  const root = JSON.parse(decodeText(unsqueeze((await store.get(key))?.body ?? expect.fail())));
  const turned = JSON.stringify({ ...root, calls: root.calls.toReversed() });
  await store.put(key, turned);
  const contents = openContents(store);
  const find = (path: string) => contents.find('org_1', { ...build, sha256: sha256(turned) }, path);
  await expect(find('/calls/1/')).rejects.toThrow('does not belong there');
});

test('it still serves what an older version has published', async () => {
  const store = memoryStore();
  const files = { '/': page, '/calls/1/': { ...page, size: 4 } };
  const text = JSON.stringify({ version: 1, organization: 'org_1', csp: "default-src 'none'", files });
  await store.put('org_1/builds/7-x.json', text);
  const build = { generation: 7, manifest: 'builds/7-x.json', sha256: sha256(text) };
  const contents = openContents(store);
  const { input: _, ...served } = page;
  expect(await contents.find('org_1', build, '/')).toEqual({ csp: "default-src 'none'", file: served });
  expect((await contents.find('org_1', build, '/calls/1/')).file?.size).toBe(4);
  expect((await contents.find('org_1', build, '/calls/2/')).file).toBe(undefined);
  await expect(openContents(store).find('org_1', { ...build, sha256: hash }, '/')).rejects.toThrow('damaged manifest');
  await expect(contents.find('org_1', { ...build, manifest: 'builds/9' }, '/')).rejects.toThrow('missing manifest');
});

test('a site of no calls has none, and a line that tells no part is damage of its manifest', async () => {
  const { store, build } = await published(0);
  const csp = expect.stringContaining("default-src 'none'");
  expect(await openContents(store).find('org_1', build, '/calls/1/')).toEqual({ csp });
  const key = `org_1/${build.manifest}`;
  const root = JSON.parse(decodeText(unsqueeze((await store.get(key))?.body ?? expect.fail())));
  const text = JSON.stringify({ ...root, calls: ['no part'] });
  await store.put(key, text);
  const find = (path: string) => openContents(store).find('org_1', { ...build, sha256: sha256(text) }, path);
  await expect(find('/calls/1/')).rejects.toThrow(`damaged manifest: ${key}`);
  expect((await find('/')).file).toBeDefined();
});

test('a manifest counts for more the more parts it has, and an older version’s with all its files', async () => {
  const { store, build, reads } = await published(0);
  /** Objects that are read where two paths are asked for in turn, and so much may be held. */
  const readsOf = async (most: number, paths: string[], builds = [build]) => {
    const contents = openContents(store, most);
    reads.length = 0;
    for (let i = 0; i < 3; i++)
      for (const each of builds) for (const path of paths) await contents.find('org_1', each, path);
    return reads.length;
  };
  // It has a list of one part for each family, of which the other is held beside it.
  expect([await readsOf(3_300, ['/']), await readsOf(2_900, ['/'])]).toEqual([2, 6]);
  const old = await Promise.all(
    ['7', '8'].map(async (name) => {
      const files = { '/': page, '/404.html': page, '/brand.css': page };
      const text = JSON.stringify({ version: 1, organization: 'org_1', csp: name, files });
      await store.put(`org_1/builds/${name}-x.json`, text);
      return { generation: 7, manifest: `builds/${name}-x.json`, sha256: sha256(text) };
    }),
  );
  expect([await readsOf(5_500, ['/'], old), await readsOf(4_100, ['/'], old)]).toEqual([2, 6]);
});

test('what is pushed out while it is being read is given to who asked, or fails there alone', async () => {
  const { store, build } = await published(0);
  const unhandled: unknown[] = [];
  const note = (error: unknown) => unhandled.push(error);
  process.on('unhandledRejection', note);
  for (const fails of [false, true]) {
    let go = (_: unknown) => {};
    const waiting = new Promise((done) => {
      go = done;
    });
    const slow: typeof store = {
      ...store,
      async get(key, options) {
        if (key === 'org_1/builds/9-a.json') await waiting;
        if (fails && key === 'org_1/builds/9-a.json') throw new Error('gone away');
        return store.get(key, options);
      },
    };
    await store.put('org_1/builds/9-a.json', (await store.get(`org_1/${build.manifest}`))?.body ?? '');
    const contents = openContents(slow, 1);
    const first = contents
      .find('org_1', { ...build, manifest: 'builds/9-a.json' }, '/')
      .catch(({ message }) => message);
    await contents.find('org_1', build, '/');
    go(undefined);
    if (fails) expect(await first).toBe('gone away');
    else expect((await first).file.sha256).toBe(sha256('/'));
  }
  await new Promise((done) => setImmediate(done));
  process.off('unhandledRejection', note);
  expect(unhandled).toEqual([]);
});
