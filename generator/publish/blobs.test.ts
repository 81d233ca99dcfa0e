import { brotliDecompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { decodeText, encodeText, sha256 } from '../lib/bytes.ts';
import { memoryStore } from '../store/memory.ts';
import { PreconditionFailed, type Store } from '../store/store.ts';
import { everything } from '../store/testing/watched.ts';
import { openBlobs, pack, packNow } from './blobs.ts';

const TEXT = 'a page, '.repeat(100);
const HASH = sha256(TEXT);
const open = (store: Store, isCreateOnly = async () => true) => openBlobs(store, 'org_1', 7, isCreateOnly);
/** The beginning of a path’s hash, as it stands in the name of its blob. */
const of = (path: string) => sha256(path).slice(0, 12);

describe('a file', () => {
  it.each([
    ['text/html; charset=utf-8', true],
    ['application/json; charset=utf-8', true],
    ['text/javascript', true],
    ['application/javascript', true],
    ['image/svg+xml', true],
    ['image/png', false],
    ['font/woff2', false],
    ['application/x-text/plain', false],
  ])('of type %s is compressed: %s', async (type, isText) => {
    const packed = await pack(encodeText(TEXT), type);
    const { stored, ...facts } = packed;
    expect(facts).toEqual({ sha256: HASH, size: TEXT.length, type, ...(isText && { encoding: 'br' }) });
    expect(isText ? brotliDecompressSync(stored).toString() : decodeText(stored)).toBe(TEXT);
    expect(stored.byteLength < 60).toBe(isText);
    expect(packNow(encodeText(TEXT), type)).toEqual(packed);
  });

  it('is stored under the hash of its plain bytes, its path and the run’s generation, and known by what serves it', async () => {
    const store = memoryStore();
    const blobs = open(store);
    const page = await pack(encodeText(TEXT), 'text/html');
    const picture = await pack(encodeText(TEXT), 'image/png');
    expect(await blobs.putFile('/a/', page, 'in 1')).toEqual({
      blob: `blobs/${HASH}-${of('/a/')}.br.7`,
      sha256: HASH,
      size: TEXT.length,
      stored: page.stored.byteLength,
      type: 'text/html',
      encoding: 'br',
      input: 'in 1',
    });
    expect(await blobs.putFile('/b', picture, 'in 2')).toMatchObject({
      blob: `blobs/${HASH}-${of('/b')}.7`,
      encoding: undefined,
      input: 'in 2',
    });
    const state = await blobs.put(encodeText('state'));
    expect(state).toEqual({ blob: `blobs/${sha256('state')}.7`, sha256: sha256('state') });
    const lies = await everything(store);
    expect([...lies.keys()].sort()).toEqual(
      [`org_1/blobs/${HASH}-${of('/b')}.7`, `org_1/blobs/${HASH}-${of('/a/')}.br.7`, `org_1/${state.blob}`].sort(),
    );
    expect(new Map([...blobs.written].map(([blob, hash]) => [`org_1/${blob}`, hash]))).toEqual(
      new Map([...lies].map(([key, body]) => [key, sha256(body)])),
    );
  });

  it('has a blob of its own, though another path’s has the same bytes', async () => {
    const store = memoryStore();
    const blobs = open(store);
    const page = await pack(encodeText(TEXT), 'text/html');
    const [a, b] = [await blobs.putFile('/a/', page, 'x'), await blobs.putFile('/b/', page, 'x')];
    expect(a.blob).not.toBe(b.blob);
    expect([(await everything(store)).size, blobs.written.size]).toEqual([2, 2]);
  });
});

describe('a blob', () => {
  /** @param answers of the store to each write */
  const watched = (answer: () => Promise<unknown> = async () => {}) => {
    const inner = memoryStore();
    const seen: unknown[] = [];
    const store: Store = {
      ...inner,
      async put(key, body, options) {
        seen.push(options);
        await answer();
        return inner.put(key, body, options);
      },
    };
    return { store, seen };
  };

  it('is written once, however often it is put at once, and only where none lies there', async () => {
    const { store, seen } = watched();
    let asked = 0;
    const blobs = open(store, async () => ++asked > 0);
    const all = await Promise.all([1, 2, 3].map(() => blobs.put(encodeText('x'))));
    expect(new Set(all.map(({ blob }) => blob)).size).toBe(1);
    await blobs.put(encodeText('y'));
    expect([seen, asked]).toEqual([[{ ifNoneMatch: '*' }, { ifNoneMatch: '*' }], 1]);
  });

  it('is written without a condition in a store that keeps none', async () => {
    const { store, seen } = watched();
    await open(store, async () => false).put(encodeText('x'));
    expect(seen).toEqual([{}]);
  });

  it('that lies there already counts as written, and one that cannot be written fails', async () => {
    const { store } = watched(() => Promise.reject(new PreconditionFailed('x')));
    const blobs = open(store);
    const { blob } = await blobs.put(encodeText('x'));
    expect([...blobs.written]).toEqual([[blob, sha256('x')]]);
    const broken = open(watched(() => Promise.reject(new Error('no space'))).store);
    await expect(broken.put(encodeText('x'))).rejects.toThrow('no space');
    expect(broken.written.size).toBe(0);
  });

  it('of a build that is replaced is used again where it holds the bytes', async () => {
    const store = memoryStore();
    const blobs = open(store, () => Promise.reject(new Error('asked')));
    const hash = sha256('x');
    expect(await blobs.put(encodeText('x'), `blobs/${hash}.3`)).toEqual({ blob: `blobs/${hash}.3`, sha256: hash });
    expect([(await everything(store)).size, blobs.written.size]).toEqual([0, 0]);
    await expect(blobs.put(encodeText('y'), `blobs/${hash}.3`)).rejects.toThrow('asked');
  });
});
