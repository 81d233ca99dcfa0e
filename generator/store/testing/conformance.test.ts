import { randomUUID } from 'node:crypto';
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { fileStore } from '../file.ts';
import { memoryStore } from '../memory.ts';
import { collect } from '../ranges.ts';
import { s3Store } from '../s3.ts';
import { compareKeys, type Store } from '../store.ts';
import { conformance } from './conformance.ts';
import { type S3Double, s3Double } from './s3-double.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});
function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'cci-store-'));
  folders.push(path);
  return path;
}
const listed = async (store: Store, prefix: string) => (await collect(store.list(prefix))).map(({ key }) => key);
const textOf = async (store: Store, key: string) => {
  const object = await store.get(key);
  return object && new TextDecoder().decode(object.body);
};

conformance('file:', () => fileStore(pathToFileURL(folder()).href));
conformance('memory:', () => memoryStore(Date.now));

describe.each([1, 1000])('in pages of %i', (pageSize) => {
  let double: S3Double;
  let stores = 0;
  beforeAll(async () => {
    double = await s3Double({ pageSize });
  });
  afterAll(() => double[Symbol.asyncDispose]());
  const credentials = { accessKeyId: 'key', secretAccessKey: 'secret' };
  conformance('s3: (double)', () => s3Store(double.url(`tests/${++stores}`), { credentials }));
});

// A real bucket, with credentials and region from the environment; what the tests write there is removed.
const bucket = process.env.CCI_TEST_S3_URL;
if (bucket) {
  const stores: Store[] = [];
  const [place = '', query] = bucket.split('?');
  afterAll(async () => {
    for (const store of stores) for (const key of await listed(store, '')) await store.remove(key);
  });
  conformance('CCI_TEST_S3_URL', () => {
    const prefix = `${place.replace(/\/$/, '')}/cci-test-${randomUUID()}`;
    const store = s3Store(query === undefined ? prefix : `${prefix}?${query}`);
    stores.push(store);
    return store;
  });
} else {
  it.skip('a real bucket: CCI_TEST_S3_URL is not set', () => {});
}

describe('a folder as a store', () => {
  it('gives each write an ETag of its own, even with the same bytes', async () => {
    const store = fileStore(pathToFileURL(folder()).href);
    const first = await store.put('org/a', 'one');
    expect(await store.put('org/a', 'one')).not.toBe(first);
  });

  describe('with symbolic links in it', () => {
    /** Two that lead to another folder of the root, two that lead out of it. */
    const LINKS = ['org_a/', 'org_b/sub/', 'org_c/', 'org_b/out/'];
    function linked() {
      const [root, outside] = [folder(), folder()];
      for (const place of [join(root, 'org_b'), outside]) {
        mkdirSync(join(place, 'own'), { recursive: true });
        writeFileSync(join(place, 'own', 'x'), 'whose it is');
      }
      symlinkSync('org_b', join(root, 'org_a'));
      symlinkSync('own', join(root, 'org_b', 'sub'));
      symlinkSync(outside, join(root, 'org_c'));
      symlinkSync(outside, join(root, 'org_b', 'out'));
      symlinkSync(join(outside, 'own', 'x'), join(root, 'org_b', 'file'));
      symlinkSync('nowhere', join(root, 'org_b', 'dangling'));
      symlinkSync('own/x', join(root, 'org_b', 'near'));
      const texts = () => [join(root, 'org_b'), outside].map((place) => readFileSync(join(place, 'own', 'x'), 'utf8'));
      return { store: fileStore(pathToFileURL(root).href), root, outside, texts };
    }

    it('lists nothing of them and nothing behind them', async () => {
      const { store } = linked();
      expect(await listed(store, '')).toEqual(['org_b/own/x']);
      for (const link of LINKS) expect([await listed(store, link), await store.folders(link)]).toEqual([[], []]);
      expect(await listed(store, 'org_a/own/')).toEqual([]);
      expect([await store.folders(''), await store.folders('org_b/'), await store.top()]).toEqual([
        ['org_b'],
        ['own'],
        ['org_b/'],
      ]);
    });

    it.each(LINKS)('reads, writes and removes nothing through the folder %s', async (link) => {
      const { store, texts } = linked();
      for (const key of [`${link}own/x`, `${link}x`, `${link}new/y`]) {
        const refusal = `key leaves the folder: ${key}: ${link.slice(0, -1)} is a symbolic link`;
        await expect(store.get(key)).rejects.toThrow(refusal);
        for (const condition of [{}, { ifNoneMatch: '*' }, { ifMatch: 'x' }] as const)
          await expect(store.put(key, 'mine', condition)).rejects.toThrow(refusal);
        await expect(store.remove(key)).rejects.toThrow(refusal);
      }
      expect(texts()).toEqual(['whose it is', 'whose it is']);
    });

    it.each(['file', 'dangling', 'near'])('reads, writes and removes nothing through the file %s', async (name) => {
      const { store, root, texts } = linked();
      expect(await store.get(`org_b/${name}`)).toBeUndefined();
      for (const condition of [{}, { ifNoneMatch: '*' }, { ifMatch: 'x' }] as const)
        await expect(store.put(`org_b/${name}`, 'mine', condition)).rejects.toThrow('is a symbolic link');
      await expect(store.remove(`org_b/${name}`)).rejects.toThrow('is a symbolic link');
      expect(lstatSync(join(root, 'org_b', name)).isSymbolicLink()).toBe(true);
      expect(texts()).toEqual(['whose it is', 'whose it is']);
    });

    it('reads and writes in a root that is one, but in no such scratch folder', async () => {
      const { store, root, outside } = linked();
      const there = join(folder(), 'link');
      symlinkSync(root, there);
      const link = fileStore(pathToFileURL(there).href);
      await link.put('org_d/y', 'y');
      expect([await textOf(store, 'org_d/y'), await listed(link, 'org_b/')]).toEqual(['y', ['org_b/own/x']]);
      rmSync(join(root, '.cci-tmp'), { recursive: true });
      symlinkSync(outside, join(root, '.cci-tmp'));
      await expect(fileStore(pathToFileURL(root).href).put('org_d/y', 'z')).rejects.toThrow('is a symbolic link');
      expect([await textOf(store, 'org_d/y'), readdirSync(outside)]).toEqual(['y', ['own']]);
    });
  });
});

it('orders keys as their UTF-8 bytes do', () => {
  const keys = ['a', 'aa', 'a/b', 'a.b', '\uffff', '💣', '\ue000', 'é', 'z', ''];
  const byBytes = [...keys].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  expect([...keys].sort(compareKeys)).toEqual(byBytes);
});
