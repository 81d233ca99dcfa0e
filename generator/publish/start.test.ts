import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { build, everything, objectsOf, putCall, tenant } from '../fixtures/world.ts';
import { s3Store } from '../store/s3.ts';
import type { Store } from '../store/store.ts';
import { s3Double } from '../store/testing/s3-double.ts';
import { readPointer } from './read.ts';

const ORG = 'org_1';
const MARK = 'Q7xErased';
const spoken = { call: { summary: [MARK] }, enriched: { transcript: [{ speaker: 'agent', text: MARK }] } };

/** Keys of the objects that hold the text, packed or not. */
async function withMark(store: Store): Promise<string[]> {
  const found: string[] = [];
  for (const [key, body] of await everything(store)) {
    const forms = [body];
    for (const unpack of [brotliDecompressSync, gunzipSync, zstdDecompressSync]) {
      try {
        forms.push(unpack(body));
      } catch {}
    }
    if (forms.some((form) => Buffer.from(form).includes(MARK))) found.push(key);
  }
  return found;
}

/** Three builds, of which the first has a call that is to be erased, then what happens to the pointer. */
async function story(reports: Store, change: (reports: Store, pointers: Uint8Array[]) => Promise<unknown>) {
  const world = { ...(await tenant([{ id: 'gone', ...spoken }, { id: 'a' }])), reports };
  const pointers: Uint8Array[] = [];
  for (const id of ['b', 'c', 'd']) {
    await putCall(world.results, ORG, { id });
    await build(world, ORG);
    pointers.push((await reports.get(`${ORG}/pointer.json`))?.body as Uint8Array);
  }
  await change(reports, pointers);
  return world;
}
const erase = async (results: Store) => {
  for (const key of objectsOf(ORG, { id: 'gone' }).keys()) await results.remove(`${ORG}/${key}`);
};

describe('a generation', () => {
  it.each<[string, Parameters<typeof story>[1]]>([
    ['lost', (reports) => reports.remove(`${ORG}/pointer.json`)],
    ['damaged', (reports) => reports.put(`${ORG}/pointer.json`, '{"version":1')],
    ['another organization’s', (reports) => reports.put(`${ORG}/pointer.json`, '{"version":1,"organization":"org_2"}')],
    ['an old one', (reports, [first]) => reports.put(`${ORG}/pointer.json`, first as Uint8Array)],
  ])('is above all that lies there where the pointer is %s, and a deletion leaves no byte', async (_what, change) => {
    await using double = await s3Double();
    const reports = s3Store(double.url('reports'), { credentials: { accessKeyId: 'k', secretAccessKey: 's' } });
    const world = await story(reports, change);
    // What killed runs have left, of higher generations too.
    await reports.put(`${ORG}/blobs/${'0'.repeat(64)}.7`, MARK);
    await reports.put(`${ORG}/builds/9-0123456789abcdef.json`, MARK);
    expect(await build(world, ORG)).toMatchObject({ published: true, generation: 10, calls: 5 });
    await erase(world.results);
    expect(await build(world, ORG)).toMatchObject({ generation: 11, deleted: 1 });
    expect(await withMark(reports)).toEqual([]);
  });

  it('is dropped with every older build where the pointer was lost after something was deleted', async () => {
    const { reports, ...world } = await tenant([{ id: 'gone', ...spoken }, { id: 'a' }]);
    await build({ ...world, reports }, ORG);
    await reports.remove(`${ORG}/pointer.json`);
    await erase(world.results);
    expect(await build({ ...world, reports }, ORG)).toMatchObject({ generation: 2, deleted: 1 });
    expect(await withMark(reports)).toEqual([]);
    expect((await readPointer(reports, ORG))?.pointer.kept).toEqual([]);
  });

  it('is not taken from names that no run gives', async () => {
    const world = await tenant([{ id: 'a' }]);
    for (const name of ['blobs/x', 'blobs/x.9999999999999999999', 'builds/x.json', 'builds/-1-x.json', 'notes.77'])
      await world.reports.put(`${ORG}/${name}`, 'x');
    expect(await build(world, ORG)).toMatchObject({ generation: 1 });
  });
});
