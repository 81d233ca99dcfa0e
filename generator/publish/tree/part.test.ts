import { describe, expect, it } from 'vitest';
import { compress, decodeText, decompress, encodeText, sha256 } from '../../lib/bytes.ts';
import { Damaged } from '../../lib/errors.ts';
import { memoryStore } from '../../store/memory.ts';
import type { PartAt, SiteFile } from '../manifest.ts';
import { encodePart, familyOf, type Place, partOf, readPart } from './part.ts';

const fileOf = (text: string): SiteFile => ({
  ...{ blob: `blobs/${text}.1`, sha256: sha256(text), size: 3, type: 'text/html', stored: 4, input: text },
});
const damaged = (message: string) => expect.objectContaining({ constructor: Damaged, message }) as Error;

/** A store with a part of these bytes, under the name that they give it. */
async function stored(bytes: Uint8Array, files: number) {
  const store = memoryStore();
  const at: PartAt = { blob: `blobs/${sha256(bytes)}.7`, size: bytes.byteLength, files, sum: 0 };
  await store.put(`org_1/${at.blob}`, bytes);
  return { store, at, key: `org_1/${at.blob}` };
}
const SITE: Place = { family: 'site', bits: 0, index: 0 };
const CALLS: Place = { family: 'calls', bits: 0, index: 0 };

describe('a part', () => {
  it('is read as it was written, whatever order its files came in, and is the same bytes then', async () => {
    const files = new Map(['/', '/b/', '/data/a.json'].map((path) => [path, fileOf(path)]));
    const bytes = await encodePart(files);
    expect(await encodePart(new Map([...files].reverse()))).toEqual(bytes);
    const { store, at } = await stored(bytes, 3);
    expect(await readPart(store, 'org_1', at, SITE)).toEqual(files);
    expect(JSON.parse(decodeText(await decompress(bytes)))).toEqual({ files: Object.fromEntries(files) });
  });

  it('is refused where it is gone, or has other bytes than its name says, if only the generation follows', async () => {
    const { store, at, key } = await stored(await encodePart(new Map([['/', fileOf('a')]])), 1);
    await store.put(key, await encodePart(new Map([['/', fileOf('b')]])));
    await expect(readPart(store, 'org_1', at, SITE)).rejects.toThrow(damaged(`damaged part of the manifest: ${key}`));
    await store.remove(key);
    await expect(readPart(store, 'org_1', at, SITE)).rejects.toThrow(damaged(`missing part of the manifest: ${key}`));
    const short = { ...at, blob: at.blob.replace(/^blobs\/(.)./, 'blobs/$1') };
    await store.put(`org_1/${short.blob}`, await encodePart(new Map([['/', fileOf('a')]])));
    await expect(readPart(store, 'org_1', short, SITE)).rejects.toThrow('damaged part of the manifest');
  });

  it('is refused where its bytes are right and no part, or of another number of files', async () => {
    const texts = ['{', 'null', '7', '{"files":null}', '{}', '{"files":{}}'];
    for (const bytes of [
      encodeText('not packed'),
      ...(await Promise.all(texts.map((text) => compress(encodeText(text))))),
    ]) {
      const { store, at, key } = await stored(bytes, 1);
      await expect(readPart(store, 'org_1', at, SITE)).rejects.toThrow(damaged(`damaged part of the manifest: ${key}`));
    }
    const { store, at } = await stored(await encodePart(new Map([['/', fileOf('a')]])), 2);
    await expect(readPart(store, 'org_1', at, SITE)).rejects.toThrow('damaged part of the manifest');
  });

  it('is refused with a path that no site has, or that belongs elsewhere', async () => {
    const read = async (paths: string[], place: Place) => {
      const { store, at, key } = await stored(
        await encodePart(new Map(paths.map((path) => [path, fileOf('a')]))),
        paths.length,
      );
      return { key, reading: readPart(store, 'org_1', at, place) };
    };
    const { key, reading } = await read(['/', '/../x'], SITE);
    await expect(reading).rejects.toThrow(
      damaged(`damaged part of the manifest: ${key}: no site can have the path "/../x"`),
    );
    const foreign = await read(['/', '/calls/a/'], SITE);
    await expect(foreign.reading).rejects.toThrow(
      damaged(`damaged part of the manifest: ${foreign.key}: /calls/a/ does not belong there`),
    );
    await expect((await read(['/calls/a/', '/'], CALLS)).reading).rejects.toThrow('/ does not belong there');
    const index = partOf('/calls/a/', 3);
    expect((await (await read(['/calls/a/'], { ...CALLS, bits: 3, index })).reading).size).toBe(1);
    await expect((await read(['/calls/a/'], { ...CALLS, bits: 3, index: index ^ 1 })).reading).rejects.toThrow(
      '/calls/a/ does not belong there',
    );
  });
});

it('a path is in the part that it was in when the manifests in the stores were written', () => {
  const paths = ['/calls/a/', '/calls/b/', '/'];
  expect([0, 1, 4, 13, 32].map((bits) => paths.map((path) => partOf(path, bits)))).toEqual([
    [0, 0, 0],
    [1, 1, 1],
    [10, 13, 8],
    [5296, 6759, 4427],
    [2776846716, 3544123756, 2321472178],
  ]);
  expect(paths.map(familyOf)).toEqual(['calls', 'calls', 'site']);
});
