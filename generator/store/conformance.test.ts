import { mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { sha256 } from '../lib/bytes.ts';
import { fileStore } from './file.ts';
import { memoryStore } from './memory.ts';
import { compareKeys, PreconditionFailed, type Store } from './store.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});
function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'cci-store-'));
  folders.push(path);
  return path;
}

const DRIVERS: { [name: string]: () => Store } = {
  'file:': () => fileStore(pathToFileURL(folder()).href),
  'memory:': memoryStore,
};

const listed = async (store: Store, prefix: string) => {
  const keys: string[] = [];
  for await (const { key } of store.list(prefix)) keys.push(key);
  return keys;
};
const textOf = async (store: Store, key: string) => {
  const object = await store.get(key);
  return object && new TextDecoder().decode(object.body);
};

describe.each(Object.entries(DRIVERS))('a store at %s', (_name, open) => {
  it('gives back what was put, with a new ETag for each write', async () => {
    const store = open();
    const first = await store.put('org/a.json', 'one');
    expect((await store.get('org/a.json'))?.etag).toBe(first);
    expect(await textOf(store, 'org/a.json')).toBe('one');
    const second = await store.put('org/a.json', new Uint8Array([0, 255, 10]));
    expect(second).not.toBe(first);
    expect([...((await store.get('org/a.json'))?.body ?? [])]).toEqual([0, 255, 10]);
    expect(await store.put('org/a.json', 'one')).not.toBe(first);
  });

  it('has nothing where nothing is, and removes without complaint', async () => {
    const store = open();
    expect(await store.get('org/none')).toBeUndefined();
    await store.remove('org/none');
    await store.put('org/a', 'x');
    await store.remove('org/a');
    expect(await store.get('org/a')).toBeUndefined();
    expect(await store.folders('')).toEqual([]);
    expect(await listed(store, '')).toEqual([]);
  });

  it('lists keys in UTF-8 byte order, by prefix, with size and the ETag that a read gives', async () => {
    const store = open();
    const keys = ['org/b/x', 'org/b.txt', 'org/a', 'org/B', 'org_1/x', 'org/ﬀ', 'org/💣', 'org/é', 'org/b/y/z'];
    for (const key of keys) await store.put(key, key);
    const ordered = [...keys].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    expect(await listed(store, '')).toEqual(ordered);
    expect(await listed(store, 'org/')).toEqual(ordered.filter((key) => key.startsWith('org/')));
    expect(await listed(store, 'org/b')).toEqual(['org/b.txt', 'org/b/x', 'org/b/y/z']);
    expect(await listed(store, 'none/')).toEqual([]);
    for await (const { key, etag, size } of store.list('org/')) {
      expect(size).toBe(Buffer.byteLength(key));
      expect((await store.get(key))?.etag).toBe(etag);
    }
    expect(await store.folders('')).toEqual(['org', 'org_1']);
    expect(await store.folders('org/')).toEqual(['b']);
  });

  it.each(['../', '/', 'a/../', './', 'a//'])('refuses the prefix %j', async (prefix) => {
    const store = open();
    await expect(listed(store, prefix)).rejects.toThrow('unusable key');
    await expect(store.folders(prefix)).rejects.toThrow('unusable key');
  });

  it('creates only where nothing is: of many at once, one wins', async () => {
    const store = open();
    const tries = Array.from({ length: 16 }, (_, i) => store.put('org/claim', `${i}`, { ifNoneMatch: '*' }));
    const results = await Promise.allSettled(tries);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const result of results)
      if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(PreconditionFailed);
    const winner = results.findIndex(({ status }) => status === 'fulfilled');
    expect(await textOf(store, 'org/claim')).toBe(`${winner}`);
  });

  it('writes over an object only as it was read: of many at once, one wins', async () => {
    const store = open();
    const etag = await store.put('org/pointer', 'old');
    const results = await Promise.allSettled(
      Array.from({ length: 16 }, (_, i) => store.put('org/pointer', `${i}`, { ifMatch: etag })),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await expect(store.put('org/none', 'x', { ifMatch: etag })).rejects.toThrow(PreconditionFailed);
    await expect(store.get('org/pointer', { ifMatch: etag })).rejects.toThrow(PreconditionFailed);
  });

  it('never shows half an object', async () => {
    const store = open();
    const bodies = ['a', 'b'].map((letter) => letter.repeat(200_000));
    await store.put('org/big', bodies[0] as string);
    let writing = true;
    const writes = (async () => {
      for (let i = 0; i < 20; i++) await store.put('org/big', bodies[i % 2] as string);
      writing = false;
    })();
    while (writing) expect(bodies).toContain(await textOf(store, 'org/big'));
    await writes;
  });

  it.each([
    '',
    '/a',
    'a/',
    'a//b',
    '..',
    'a/../b',
    './a',
    'a/.',
    'a\\b',
    'a\u0000b',
    'a\nb',
    '\ud800',
    `a/${'x'.repeat(256)}`,
    'x/'.repeat(600),
    '.cci-tmp/x',
  ])('refuses the key %j', async (key) => {
    const store = open();
    await expect(store.put(key, 'x')).rejects.toThrow('unusable key');
    await expect(store.get(key)).rejects.toThrow('unusable key');
    await expect(store.remove(key)).rejects.toThrow('unusable key');
  });
});

describe('a folder as a store', () => {
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
