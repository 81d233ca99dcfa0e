import { describe, expect, it } from 'vitest';
import { memoryStore } from '../../store/memory.ts';
import { isBlob, type Manifest, type PartAt, type SiteFiles } from '../manifest.ts';
import { takeInventory } from '../names/inventory.ts';
import { plus, sumOf } from './sums.ts';
import { isTold, namedIn } from './told.ts';

/** A listing of keys and sizes. */
function listing(sizes: { [key: string]: number }) {
  async function* list() {
    for (const [key, size] of Object.entries(sizes)) yield { key: `org_1/${key}`, etag: '', size };
  }
  return takeInventory({ ...memoryStore(), list }, 'org_1', undefined);
}
/** Files in parts, of which only the sums are known. @param parts sizes by blob; undefined: an older version's */
const filesOf = (parts: ({ [blob: string]: number } | undefined)[]): SiteFiles => ({
  ...{ count: 0, calls: 0, get: async () => undefined },
  *parts() {
    for (const [i, blobs] of parts.entries()) {
      const sum = Object.entries(blobs ?? {}).reduce((all, [blob, size]) => plus(all, sumOf(blob, size)), 0);
      const at: PartAt = { blob: `blobs/part${i}.1`, size: 1, files: 1, sum };
      yield { ...(blobs && { at }), load: () => Promise.reject(new Error('read')) };
    }
  },
  // biome-ignore lint/correctness/useYield: nothing is read
  async *[Symbol.asyncIterator]() {
    throw new Error('read');
  },
});
const A = { 'blobs/a.1': 10, 'blobs/b.br.2': 20 };
const B = { 'blobs/c.3': 30 };
const PARTS = { 'blobs/part0.1': 1, 'blobs/part1.1': 1 };

describe('a listing', () => {
  const files = filesOf([A, B]);
  const told = async (sizes: { [key: string]: number }, beside: string[] = Object.keys(PARTS)) =>
    isTold(await listing(sizes), files, beside);

  it('is told where there are just the blobs of the files, and some that are named, whatever else than blobs', async () => {
    expect(await told({ ...A, ...B, ...PARTS })).toBe(true);
    expect(await told({ ...A, ...B, ...PARTS, 'pointer.json': 7, 'builds/1-a.json': 8, 'blobs/odd': 9 })).toBe(true);
    // What is named may be named twice, be no blob, or not lie there.
    const beside = [...Object.keys(PARTS), ...Object.keys(PARTS), 'builds/1-a.json', 'blobs/none.1', 'pointer.json'];
    expect(await told({ ...A, ...B, ...PARTS, 'builds/1-a.json': 8, 'pointer.json': 7 }, beside)).toBe(true);
    expect(isTold(await listing({}), filesOf([]), [])).toBe(true);
  });

  it('is not told where a blob is missing, too many, under another name or of another size', async () => {
    const { 'blobs/a.1': _, ...rest } = A;
    for (const sizes of [
      { ...rest, ...B },
      { ...A, ...B, 'blobs/d.4': 1 },
      { ...rest, ...B, 'blobs/d.1': 10 },
      { ...A, 'blobs/c.3': 31 },
      {},
    ])
      expect(await told({ ...sizes, ...PARTS })).toBe(false);
    expect(await told({ ...A, ...B, ...PARTS }, [])).toBe(false);
  });

  it('gives the right answer for other files too', async () => {
    const lies = await listing({ ...A, ...PARTS });
    const answers = [[A], [A, B], [A], [B]].map((parts) => isTold(lies, filesOf(parts), Object.keys(PARTS)));
    expect(answers).toEqual([true, false, true, false]);
  });

  it('is never told for an older version’s files, which have no sums', async () => {
    expect(isTold(await listing({}), filesOf([undefined]), [])).toBe(false);
  });
});

it('a blob is what runs name so', () => {
  const keys = ['blobs/a.1', 'blobs/a.br.12', 'builds/1-a.json', 'blobs/a', 'blobs/a.x', 'pointer.json', 'a/blobs/a.1'];
  expect(keys.filter(isBlob)).toEqual(['blobs/a.1', 'blobs/a.br.12']);
});

it('a manifest names its parts and its state, and an older one nothing', () => {
  const manifest: Manifest = { organization: 'org_1', csp: '', files: filesOf([A, B]), state: { 'blobs/s.1': 1 } };
  expect(namedIn(manifest)).toEqual([...Object.keys(PARTS), 'blobs/s.1']);
  expect(namedIn({ organization: 'org_1', csp: '', files: filesOf([undefined]) })).toEqual([]);
});
