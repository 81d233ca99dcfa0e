import { beforeAll, describe, expect, it } from 'vitest';
import type { BuildContext } from '../../build/context.ts';
import { readAnyState } from '../../days/state.ts';
import { CONFIG, everything, memoryWorld, pageText, published, putCall } from '../../fixtures/world.ts';
import { silentLog } from '../../lib/console.ts';
import { buildAll } from '../../run.ts';
import { memoryStore } from '../../store/memory.ts';
import { s3Store } from '../../store/s3.ts';
import type { Store } from '../../store/store.ts';
import { s3Double } from '../../store/testing/s3-double.ts';
import type { Family } from '../manifest.ts';
import { markDamaged } from '../marks.ts';
import { readManifest, readPointer } from '../read.ts';
import { inspectSite } from './inspect.ts';

const ORG = 'org_1';

/** Runs of an organization, by a clock that goes on, so that each run looks into other blobs. */
function runsOf(world: Pick<BuildContext, 'results' | 'config' | 'reports'>, after = 0) {
  let minutes = Date.parse('2026-04-02T08:00:00Z') / 60_000 + after;
  const context = memoryWorld({ ...world, now: () => new Date(++minutes * 60_000) });
  const said: string[] = [];
  const log = { ...silentLog, say: (line: string) => void said.push(line) };
  const run = (to = world.reports) => buildAll({ ...context, reports: to, logFor: () => log }, undefined);
  return { ...context, run, said };
}

/** Three builds, each with a call more. */
async function grown(reports: Store) {
  const world = runsOf({ results: memoryStore(), config: memoryStore(), reports });
  await world.config.put(`${ORG}/report-config.json`, JSON.stringify(CONFIG));
  for (const [id, day] of [
    ['a', '2026-03-30'],
    ['b', '2026-03-31'],
    ['c', '2026-04-01'],
  ] as const) {
    await putCall(world.results, ORG, { id, call: { start_timestamp: `${day}T10:00:00Z` } });
    await world.run();
  }
  return { ...world, whole: await published(reports, ORG) };
}

/** The same in a store of its own, made once for all; the input is nobody's to change. */
async function site() {
  const reports = memoryStore();
  for (const [key, body] of await everything(built.reports)) await reports.put(key, body);
  return { ...runsOf({ ...built, reports }, 60), whole: built.whole };
}
let built: Awaited<ReturnType<typeof grown>>;
beforeAll(async () => {
  built = await grown(memoryStore());
});

const current = async (reports: Store) => {
  const { pointer } = (await readPointer(reports, ORG)) ?? {};
  if (!pointer) throw new Error('unpublished');
  return { pointer, manifest: await readManifest(reports, ORG, pointer) };
};
const blobOf = async (reports: Store, path: string) =>
  (await (await current(reports)).manifest.files.get(path))?.blob ?? '';
/** One byte in the middle is another. */
async function flip(reports: Store, key: string) {
  const { body } = (await reports.get(`${ORG}/${key}`)) ?? {};
  if (!body) throw new Error(`missing: ${key}`);
  const at = body.length >> 1;
  await reports.put(`${ORG}/${key}`, Uint8Array.from(body).with(at, (body[at] ?? 0) ^ 0xff));
}
const dayBlobs = async (reports: Store) => {
  const { pointer, manifest } = await current(reports);
  return Object.keys(manifest.state ?? {}).filter((blob) => blob !== pointer.state.blob);
};

describe('an idle run', () => {
  it.each<[string, (reports: Store) => Promise<unknown>]>([
    ['page is missing', async (reports) => reports.remove(`${ORG}/${await blobOf(reports, '/calls/a/')}`)],
    ['page is cut', async (reports) => reports.put(`${ORG}/${await blobOf(reports, '/calls/a/')}`, 'x')],
    ['data file is missing', async (reports) => reports.remove(`${ORG}/${await blobOf(reports, '/data/agents.json')}`)],
    ['day is missing', async (reports) => reports.remove(`${ORG}/${(await dayBlobs(reports))[0]}`)],
  ])('makes what was in it again where a %s, and nothing else', async (_what, damage) => {
    const { reports, run, whole } = await site();
    await damage(reports);
    const [outcome] = await run();
    expect(outcome).toMatchObject({ result: { published: true, repaired: 1, deleted: 0 } });
    if (outcome && 'result' in outcome) expect(outcome.result.read).toBeLessThan(2);
    expect(await published(reports, ORG)).toEqual(whole);
    for (const path of whole.keys()) await pageText(reports, ORG, path);
    expect((await inspectSite(reports, ORG, true))?.damage).toEqual([]);
    expect(await run()).toMatchObject([{ result: { published: false } }]);
  });

  it('looks into other blobs each time, so that a wrong byte is found', async () => {
    const { reports, run } = await site();
    await flip(reports, await blobOf(reports, '/calls/b/'));
    let runs = 0;
    for (let repaired = 0; repaired === 0; runs++) {
      if (runs > 40) throw new Error('not found in 40 runs');
      const [outcome] = await run();
      if (outcome && 'result' in outcome) ({ repaired } = outcome.result);
    }
    expect(await pageText(reports, ORG, '/calls/b/')).toContain('my parcel has not come');
  });

  it('gives a kept build up of which something is missing', async () => {
    const { reports, run } = await site();
    const { pointer } = await current(reports);
    const [, first] = pointer.kept;
    await reports.remove(`${ORG}/${first?.state?.blob}`);
    expect((await inspectSite(reports, ORG, false))?.damage).toMatchObject([
      { build: 1, current: false, verdict: 'missing' },
    ]);
    await run();
    expect((await current(reports)).pointer.kept.map(({ generation }) => generation)).toEqual([2]);
    expect((await inspectSite(reports, ORG, true))?.damage).toEqual([]);
  });
});

describe('a run that comes upon damage while it makes something new', () => {
  const day = async (reports: Store) => {
    const { state } = (await current(reports)).pointer;
    const read = await readAnyState(reports, ORG, state);
    return read?.version === 3 ? (read.days['2026-03-31']?.blob ?? '') : expect.fail();
  };
  const part = async (reports: Store, family: Family) =>
    [...(await current(reports)).manifest.files.parts()].find(({ place }) => place?.family === family)?.at?.blob ?? '';
  it.each<[string, number, (reports: Store) => Promise<string>]>([
    ['a day', 1, day],
    ['the part of a manifest that tells of no calls', 1, (reports) => part(reports, 'site')],
    ['the part that tells of calls', 3, (reports) => part(reports, 'calls')],
  ])('makes what was in it again, and nothing else: %s', async (_what, read, which) => {
    const { reports, results, run, said } = await grown(memoryStore());
    await flip(reports, await which(reports));
    await putCall(results, ORG, { id: 'b', call: { start_timestamp: '2026-03-31T10:00:00Z', duration_seconds: 77 } });
    expect(await run()).toMatchObject([{ result: { published: true, repaired: 1, deleted: 0, read } }]);
    expect(said[0]).toMatch(/^damaged .*; looking for whatever else is damaged$/);
    expect((await inspectSite(reports, ORG, true))?.damage).toEqual([]);
    const fresh = memoryStore();
    await run(fresh);
    expect(await published(reports, ORG)).toEqual(await published(fresh, ORG));
  });
});

describe('an inspection', () => {
  it('finds every object of any build with a wrong byte, on S3 too, and the next build heals what it was told of', async () => {
    await using double = await s3Double();
    const credentials = { accessKeyId: 'k', secretAccessKey: 's' };
    const { reports, run, whole } = await grown(s3Store(double.url('reports'), { credentials }));
    expect(await inspectSite(reports, ORG, true)).toMatchObject({ builds: 3, damage: [] });
    const wrong = [await blobOf(reports, '/calls/b/'), ...(await dayBlobs(reports)).slice(0, 1)];
    for (const blob of wrong) await flip(reports, blob);
    expect((await inspectSite(reports, ORG, false))?.damage).toEqual([]);
    const found = await inspectSite(reports, ORG, true);
    expect(found?.damage.map(({ key, verdict, path }) => [key, verdict, path]).sort()).toEqual(
      [
        [wrong[0], 'damaged', '/calls/b/'],
        [wrong[1], 'damaged', undefined],
      ].sort(),
    );
    await markDamaged(reports, ORG, found?.generation ?? 0, wrong);
    expect(await run()).toMatchObject([{ result: { published: true, repaired: 2 } }]);
    expect(await published(reports, ORG)).toEqual(whole);
    expect((await inspectSite(reports, ORG, true))?.damage).toEqual([]);
    const keys = [...(await everything(reports)).keys()];
    expect(keys.filter((key) => key.includes('-damaged-'))).toEqual([]);
  });

  it('finds every part of a manifest with a wrong byte, of a kept build too, and the next build makes the site right', async () => {
    const { reports } = await site();
    const { pointer } = await current(reports);
    const builds = [pointer, pointer.kept.at(-1) ?? pointer];
    for (const [i, build] of builds.entries()) {
      const parts = [...(await readManifest(reports, ORG, build)).files.parts()].flatMap(({ at }) =>
        at ? [at.blob] : [],
      );
      expect(parts.length).toBeGreaterThan(1);
      for (const part of parts) {
        const other = await site();
        await flip(other.reports, part);
        const damage = (await inspectSite(other.reports, ORG, true))?.damage;
        expect(damage).toContainEqual(expect.objectContaining({ key: part, verdict: 'damaged' }));
        expect(damage?.some(({ current }) => current)).toBe(i === 0);
        await markDamaged(other.reports, ORG, pointer.generation, damage?.map(({ key }) => key) ?? []);
        await other.run();
        expect(await published(other.reports, ORG)).toEqual(other.whole);
        expect((await inspectSite(other.reports, ORG, true))?.damage).toEqual([]);
      }
    }
  });

  it('finds a damaged state, manifest or pointer', async () => {
    const ways: [string, (reports: Store) => Promise<unknown>][] = [
      ['blobs/', async (reports) => flip(reports, (await current(reports)).pointer.state.blob)],
      ['builds/', async (reports) => flip(reports, (await current(reports)).pointer.manifest)],
      ['pointer.json', (reports) => reports.put(`${ORG}/pointer.json`, '{')],
    ];
    for (const [key, damage] of ways) {
      const { reports, run, whole } = await site();
      await damage(reports);
      const found = await inspectSite(reports, ORG, true);
      expect(found?.damage, key).toMatchObject([
        { current: true, key: expect.stringContaining(key), verdict: 'damaged' },
      ]);
      await run();
      expect([await published(reports, ORG), (await inspectSite(reports, ORG, true))?.damage]).toEqual([whole, []]);
    }
  });
});
