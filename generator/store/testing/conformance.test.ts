import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { sha256 } from '../../lib/bytes.ts';
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

  it('neither lists nor reads through symbolic links', async () => {
    const outside = folder();
    writeFileSync(join(outside, 'secret'), 'secret');
    const inside = folder();
    mkdirSync(join(inside, 'org'));
    symlinkSync(join(outside, 'secret'), join(inside, 'org', 'file'));
    symlinkSync(outside, join(inside, 'org', 'folder'));
    const store = fileStore(pathToFileURL(inside).href);
    expect(await listed(store, '')).toEqual([]);
    expect(await store.get('org/file')).toBeUndefined();
    await expect(store.get('org/folder/secret')).rejects.toThrow('leaves the folder');
  });

  it('takes over the lock of a process that died', async () => {
    const path = folder();
    const store = fileStore(pathToFileURL(path).href);
    const etag = await store.put('org/a', 'one');
    const lock = join(path, '.cci-tmp', `lock-${sha256('org/a').slice(0, 32)}`);
    mkdirSync(lock);
    utimesSync(lock, 0, 0);
    await store.put('org/a', 'two', { ifMatch: etag });
    expect(await textOf(store, 'org/a')).toBe('two');
  });
});

it('orders keys as their UTF-8 bytes do', () => {
  const keys = ['a', 'aa', 'a/b', 'a.b', '\uffff', '💣', '\ue000', 'é', 'z', ''];
  const byBytes = [...keys].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  expect([...keys].sort(compareKeys)).toEqual(byBytes);
});
