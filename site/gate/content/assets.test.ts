import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { brotliDecompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { decodeText, encodeText } from '../../../generator/lib/bytes.ts';
import { memoryStore } from '../../../generator/store/memory.ts';
import type { Store } from '../../../generator/store/store.ts';
import { openAssets, readClientFiles, readPublicFile } from './assets.ts';

/** A store that notes what is asked of it, and fails while it is told to. */
function watched() {
  const inner = memoryStore();
  const state = { failing: false, lists: 0, reads: [] as string[] };
  const store: Store = {
    ...inner,
    async get(key) {
      state.reads.push(key);
      if (state.failing) throw new Error('gone away');
      return inner.get(key);
    },
    list(prefix) {
      state.lists++;
      if (state.failing) throw new Error('gone away');
      return inner.list(prefix);
    },
  };
  let clock = 0;
  const assets = openAssets(store, { recheckMs: 2_000, now: () => clock });
  const at = (ms: number) => {
    clock = ms;
  };
  return { store, state, assets, at };
}

describe('an asset', () => {
  it('is read once, however often it is asked for, and listed with all others at most every two seconds', async () => {
    const { store, state, assets, at } = watched();
    await store.put('assets/a.1.js', 'one');
    const asked = await Promise.all([1, 2, 3].map(() => assets.get('/assets/a.1.js')));
    expect(asked.map((asset) => decodeText(asset?.plain ?? encodeText('')))).toEqual(['one', 'one', 'one']);
    expect([state.reads, state.lists]).toEqual([['assets/a.1.js'], 1]);
    await store.put('assets/b.2.js', 'two');
    at(1_999);
    expect(await assets.get('/assets/b.2.js')).toBeUndefined();
    expect(state.lists).toBe(1);
    at(2_000);
    expect(await assets.get('/assets/b.2.js')).toBeDefined();
    at(9_000);
    await assets.get('/assets/a.1.js');
    expect([state.reads, state.lists]).toEqual([['assets/a.1.js', 'assets/b.2.js'], 2]);
  });

  it('that could not be read or listed is tried again by whoever asks next, and what was known stays known', async () => {
    const { store, state, assets, at } = watched();
    state.failing = true;
    await store.put('assets/a.1.js', 'one');
    await expect(assets.get('/assets/a.1.js')).rejects.toThrow('gone away');
    state.failing = false;
    expect(await assets.get('/assets/a.1.js')).toBeDefined();
    at(5_000);
    state.failing = true;
    await store.put('assets/b.2.js', 'two');
    await expect(assets.get('/assets/b.2.js')).rejects.toThrow('gone away');
    expect(await assets.get('/assets/a.1.js')).toBeDefined();
    state.failing = false;
    expect(await assets.get('/assets/b.2.js')).toBeDefined();
    await store.put('assets/c.3.js', 'three');
    at(9_000);
    await assets.get('/assets/none.js');
    state.failing = true;
    await expect(assets.get('/assets/c.3.js')).rejects.toThrow('gone away');
    state.failing = false;
    expect(await assets.get('/assets/c.3.js')).toBeDefined();
  });

  it('that has gone since it was listed is none', async () => {
    const { store, assets } = watched();
    await store.put('assets/a.1.js', 'one');
    await store.put('assets/b.2.js', 'two');
    await assets.get('/assets/a.1.js');
    await store.remove('assets/b.2.js');
    expect(await assets.get('/assets/b.2.js')).toBeUndefined();
  });
});

it.each([
  ['x.js', 'text/javascript; charset=utf-8', true],
  ['x.mjs', 'text/javascript; charset=utf-8', true],
  ['x.css', 'text/css; charset=utf-8', true],
  ['x.json', 'application/json; charset=utf-8', true],
  ['x.svg', 'image/svg+xml', true],
  ['x.png', 'image/png', false],
  ['x.ico', 'image/x-icon', false],
  ['x.webp', 'image/webp', false],
  ['x.woff2', 'font/woff2', false],
  ['x.constructor', 'application/octet-stream', false],
  ['x', 'application/octet-stream', false],
])('%s is of type %s, and compressed: %s', async (name, type, isText) => {
  const text = 'some text, '.repeat(50);
  const { store, assets } = watched();
  await store.put(`assets/${name}`, text);
  const asset = (await assets.get(`/assets/${name}`)) ?? expect.fail();
  expect([asset.type, decodeText(asset.plain), asset.br !== undefined]).toEqual([type, text, isText]);
  if (asset.br) expect([brotliDecompressSync(asset.br).toString(), asset.br.byteLength < 60]).toEqual([text, true]);
});

it('the gate’s own files are those of its folder, by their path in it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'client-'));
  mkdirSync(join(folder, 'deep/er'), { recursive: true });
  writeFileSync(join(folder, 'a.js'), 'one');
  writeFileSync(join(folder, 'deep/er/b.woff2'), 'two');
  const files = await readClientFiles(folder);
  expect([...files].map(([path, { type }]) => [path, type]).sort()).toEqual([
    ['/_gate/a.js', 'text/javascript; charset=utf-8'],
    ['/_gate/deep/er/b.woff2', 'font/woff2'],
  ]);
  const file = await readPublicFile(pathToFileURL(join(folder, 'a.js')));
  expect([file.type, decodeText(file.plain)]).toEqual(['text/javascript; charset=utf-8', 'one']);
});
