import { describe, expect, it } from 'vitest';
import { buildSite } from '../build.ts';
import { build, CONFIG, everything, objectsOf, published, putCall, tenant, watched } from '../fixtures/world.ts';
import { decodeText, sha256 } from '../lib/bytes.ts';
import { memoryStore } from '../store/memory.ts';
import { collect } from '../store/ranges.ts';
import { s3Store } from '../store/s3.ts';
import type { Store } from '../store/store.ts';
import { s3Double } from '../store/testing/s3-double.ts';
import { snapshotOf } from '../testing/copies.ts';
import { garbageOf } from '../testing/whole-site.ts';
import { inspectSite } from './check/inspect.ts';
import { type Build, numberOf } from './manifest.ts';
import { readManifest, readPointer } from './read.ts';
import { rollBack } from './rollback.ts';

const ORG = 'org_1';
const AT = '2026-04-03T06:00:00.000Z';
const keeps = async () => ({ createOnly: true, compareAndSwap: true });
const back = (reports: Store, to?: number) => rollBack(reports, ORG, to, AT, keeps);

/** A site of so many builds, each with one call more. */
async function builds(count: number, reports: Store = memoryStore()) {
  const world = { ...(await tenant([])), reports };
  const sites: Map<string, string>[] = [];
  for (let n = 1; n <= count; n++) {
    await putCall(world.results, ORG, { id: `c${n}` });
    await build(world, ORG);
    sites.push(await published(reports, ORG));
  }
  return { world, sites };
}
const erase = async (results: Store, id: string) => {
  for (const key of objectsOf(ORG, { id }).keys()) await results.remove(`${ORG}/${key}`);
};
const keptNumbers = async (reports: Store) => (await readPointer(reports, ORG))?.pointer.kept.map(numberOf);
const hasCall = (reports: Store, id: string) => published(reports, ORG).then((site) => site.has(`/calls/${id}/`));

describe('kept builds', () => {
  it('are seven, each with every blob of its site and state, and nothing else lies there', async () => {
    const { world } = await builds(10);
    expect(await keptNumbers(world.reports)).toEqual([9, 8, 7, 6, 5, 4, 3]);
    for (const to of [3, 9, 5, 10]) await back(world.reports, to);
    expect(garbageOf(await snapshotOf(world.reports), ORG)).toEqual([]);
    expect(await inspectSite(world.reports, ORG, true)).toMatchObject({ builds: 8, damage: [] });
  });

  it('are as many as somebody wants, in a run with nothing to publish too', async () => {
    const { world } = await builds(4);
    expect(await build({ ...world, keepBuilds: 1 }, ORG)).toMatchObject({ published: false });
    expect(await keptNumbers(world.reports)).toEqual([3]);
    const tidy = [...(await everything(world.reports)).keys()];
    await build({ ...world, keepBuilds: 0 }, ORG);
    const none = await everything(world.reports, `${ORG}/builds/`);
    expect([await keptNumbers(world.reports), none.size]).toEqual([[], 1]);
    expect(tidy.filter((key) => key.includes('/builds/'))).toHaveLength(2);
    await putCall(world.results, ORG, { id: 'more' });
    await build({ ...world, keepBuilds: 0 }, ORG);
    expect(await keptNumbers(world.reports)).toEqual([]);
  });

  it('are none across a deletion, other code or another configuration, and all where everything is built again', async () => {
    const { world } = await builds(3);
    await build({ ...world, force: true }, ORG);
    expect(await keptNumbers(world.reports)).toEqual([3, 2, 1]);
    await erase(world.results, 'c1');
    await build(world, ORG);
    await expect(back(world.reports)).rejects.toThrow(/keeps no older build.*No rollback crosses these/);
    await putCall(world.results, ORG, { id: 'c5' });
    await build(world, ORG);
    expect(await keptNumbers(world.reports)).toEqual([5]);
    await build({ ...world, codeVersion: 'other' }, ORG);
    expect(await keptNumbers(world.reports)).toEqual([]);
    await world.config.put(`${ORG}/report-config.json`, JSON.stringify({ ...CONFIG, name: 'Other' }));
    await build(world, ORG);
    expect(await keptNumbers(world.reports)).toEqual([]);
  });
});

describe('a rollback', () => {
  it('brings site and state back by one write of the pointer, on S3 as well', async () => {
    await using double = await s3Double();
    const credentials = { accessKeyId: 'k', secretAccessKey: 's' };
    const { world, sites } = await builds(3, s3Store(double.url('reports'), { credentials }));
    const watch = watched(world.reports);
    const { from, to } = await back(watch.store);
    expect(watch.calls.written).toEqual([`${ORG}/pointer.json`]);
    expect([numberOf(from), numberOf(to), to.calls, to.publishedAt]).toEqual([3, 2, 2, AT]);
    expect(to.generation).toBe(4);
    expect(await published(world.reports, ORG)).toEqual(sites[1]);
    // The next build publishes the input as it is, and reads only what that state does not know.
    expect(await build(world, ORG)).toMatchObject({ published: true, read: 1, generation: 5 });
    expect(await published(world.reports, ORG)).toEqual(sites[2]);
    expect(await keptNumbers(world.reports)).toEqual([2, 3, 1]);
  });

  it('goes to whichever kept build is named, there and back, a hundred times', async () => {
    const { world, sites } = await builds(4);
    for (let i = 0; i < 100; i++) {
      const now = i === 0 ? 4 : ((i - 1) * 7) % 4 || 4;
      const to = (i * 7) % 4 || 4;
      if (to === now) await expect(back(world.reports, to)).rejects.toThrow(`build ${to} of org_1 is the current one`);
      else await back(world.reports, to);
      expect(await published(world.reports, ORG)).toEqual(sites[to - 1]);
    }
    await build(world, ORG);
    expect(await published(world.reports, ORG)).toEqual(sites[3]);
  });

  it('never shows again what was deleted while an older build was current', async () => {
    for (const also of ['c4', undefined]) {
      const { world } = await builds(3);
      await back(world.reports, 2);
      await erase(world.results, 'c3');
      // Without any other change the input is now what the state of build 2 knows.
      if (also) await putCall(world.results, ORG, { id: also });
      await build(world, ORG);
      expect(await keptNumbers(world.reports)).toEqual([]);
      const left = [...(await everything(world.reports)).keys()].filter((key) => key.includes('/builds/'));
      expect([await hasCall(world.reports, 'c3'), left.length]).toEqual([false, 1]);
    }
  });

  it('loses against a run that published meanwhile, and wins over one that started before it', async () => {
    const { world } = await builds(2);
    const racing = (other: () => Promise<unknown>): Store => {
      let raced = false;
      return {
        ...world.reports,
        async put(key, body, options) {
          if (key.endsWith('pointer.json') && !raced) {
            raced = true;
            await other();
          }
          return world.reports.put(key, body, options);
        },
      };
    };
    await putCall(world.results, ORG, { id: 'c3' });
    await expect(back(racing(() => build(world, ORG)))).rejects.toThrow('another run published org_1 meanwhile');
    expect(await hasCall(world.reports, 'c3')).toBe(true);
    await putCall(world.results, ORG, { id: 'c4' });
    const late = { ...world, reports: racing(() => back(world.reports)) };
    await expect(buildSite(late, ORG)).rejects.toThrow('another run published org_1 meanwhile');
    expect([await hasCall(world.reports, 'c3'), await hasCall(world.reports, 'c4')]).toEqual([false, false]);
  });
});

it('still reads what an older version has published, and the next build makes everything again', async () => {
  const { world, sites } = await builds(3);
  // As older versions wrote them: all files in one object.
  const read = async (key: string) => JSON.parse(decodeText((await world.reports.get(key))?.body as Uint8Array));
  const { check: _, ...pointer } = await read(`${ORG}/pointer.json`);
  const old = async (build: Build) => {
    const { files, ...rest } = await readManifest(world.reports, ORG, build);
    const text = JSON.stringify({ ...rest, version: 1, files: Object.fromEntries(await collect(files)) });
    await world.reports.put(`${ORG}/${build.manifest}`, text);
    return { ...build, sha256: sha256(text) };
  };
  const kept = await Promise.all(pointer.kept.map(old));
  await world.reports.put(`${ORG}/pointer.json`, JSON.stringify({ ...pointer, ...(await old(pointer)), kept }));
  expect(await published(world.reports, ORG)).toEqual(sites[2]);
  expect(await inspectSite(world.reports, ORG, true)).toMatchObject({ builds: 3, damage: [] });
  expect(numberOf((await back(world.reports)).to)).toBe(2);
  expect(await published(world.reports, ORG)).toEqual(sites[1]);
  expect(numberOf((await back(world.reports, 3)).to)).toBe(3);
  expect(await build(world, ORG)).toMatchObject({ published: true, read: 3, generation: expect.any(Number) });
  expect(await published(world.reports, ORG)).toEqual(sites[2]);
  expect(await keptNumbers(world.reports)).toEqual([]);
  expect(await inspectSite(world.reports, ORG, true)).toMatchObject({ builds: 1, damage: [] });
  expect(await build(world, ORG)).toMatchObject({ published: false });
});
