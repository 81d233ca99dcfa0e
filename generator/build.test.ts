import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { buildSite } from './build.ts';
import { blobsOfState } from './days/state.ts';
import {
  build,
  everything,
  memoryWorld,
  objectsOf,
  pageJson,
  pageText,
  published,
  publishedCalls,
  putCall,
  putSheet,
  rule,
  tenant,
  watched,
} from './fixtures/world.ts';
import { silentLog } from './lib/console.ts';
import { blobsOf } from './publish/manifest.ts';
import { readManifest } from './publish/read.ts';
import { buildAll } from './run.ts';
import { memoryStore } from './store/memory.ts';
import { collect } from './store/ranges.ts';
import { compareKeys, type Store } from './store/store.ts';

const ORG = 'org_1';

describe('a build', () => {
  it('reads only calls that changed, and nothing and writes nothing where none has', async () => {
    const world = await tenant([{ id: 'a' }, { id: 'b' }]);
    await build(world, ORG);
    const [results, reports] = [watched(world.results), watched(world.reports)];
    const idle = await build({ ...world, results: results.store, reports: reports.store }, ORG);
    expect(idle).toMatchObject({ published: false, read: 0, calls: 2 });
    // What the pipeline says of calls that are not done.
    expect(results.calls.get).toBe(1);
    expect(reports.calls.written).toEqual([]);
    await putCall(world.results, ORG, { id: 'c', call: { start_timestamp: '2026-03-31T10:00:00Z' } });
    const next = await build({ ...world, results: results.store }, ORG);
    expect(next).toMatchObject({ published: true, read: 1, calls: 3 });
    expect(results.calls.get).toBe(5);
  });

  it('reads what an object has become since the listing, or that it is gone, and need not read it again', async () => {
    const world = await tenant([{ id: 'a' }, { id: 'b' }]);
    const meanwhile = new Map<string, () => Promise<unknown>>([
      ['calls/a.jsonl', () => putCall(world.results, ORG, { id: 'a', call: { duration_seconds: 77 } })],
      ['enriched/b.json', () => world.results.remove(`${ORG}/enriched/b.json`)],
    ]);
    const results: Store = {
      ...world.results,
      async get(key, options) {
        const [name, change] = [...meanwhile].find(([end]) => key.endsWith(end)) ?? [];
        if (name && change && meanwhile.delete(name)) await change();
        return world.results.get(key, options);
      },
    };
    await build({ ...world, results }, ORG);
    const calls = await publishedCalls(world.reports, ORG, '2026-03-30');
    expect(calls).toMatchObject([{ id: 'a', durationSeconds: 77 }, { id: 'b' }]);
    expect(await pageText(world.reports, ORG, '/calls/b/')).toContain('"state":"absent"');
    // Rules and transcript of "a" were written anew after they had been listed and before they were read, so nothing is left to do.
    expect(await build(world, ORG)).toMatchObject({ published: false });
  });

  it('makes the files of a month again only where one of its days has changed, from all of its days', async () => {
    const on = (id: string, day: string) => ({
      id,
      call: { start_timestamp: `${day}T10:00:00Z`, topic: [`About ${id}`] },
    });
    const world = await tenant([on('a', '2026-03-30'), on('b', '2026-03-31'), on('c', '2026-04-01')]);
    await build(world, ORG);
    const before = await published(world.reports, ORG);
    await putCall(world.results, ORG, on('d', '2026-04-02'));
    const reports = watched(world.reports);
    await build({ ...world, reports: reports.store }, ORG);
    const after = await published(world.reports, ORG);
    const changed = [...after].filter(([path, hash]) => before.get(path) !== hash).map(([path]) => path);
    expect(changed.filter((path) => /^.data.(calls|words)/.test(path))).toEqual([
      '/data/calls/2026-04.json',
      '/data/words/2026-04.json',
    ]);
    const [c, ...others] = await publishedCalls(world.reports, ORG, '2026-04-01');
    expect(c).toMatchObject({ id: 'c', topic: 'About c' });
    expect(others).toEqual([]);
  });

  it('tries a refused object again only when it changes', async () => {
    const world = await tenant([{ id: 'a' }]);
    await world.results.put(`${ORG}/final/v2.0-flat/calls/bad.jsonl`, '{"call_id": "bad"');
    await build(world, ORG);
    const results = watched(world.results);
    await build({ ...world, results: results.store }, ORG);
    // What the pipeline says of calls that are not done.
    expect(results.calls.get).toBe(1);
    await putCall(world.results, ORG, { id: 'bad' });
    expect(await build({ ...world, results: results.store }, ORG)).toMatchObject({ calls: 2, refused: 0, read: 1 });
  });

  it('shows a call whose rules or transcript were refused, without them, and lists both', async () => {
    const world = await tenant([{ id: 'a' }, { id: 'b' }]);
    await world.results.put(`${ORG}/final/v2.0-flat/qa/a.jsonl`, '{"rule_name": "x", "pass": NaN}');
    await world.results.put(`${ORG}/enriched/b.json`, '[]');
    expect(await build(world, ORG)).toMatchObject({ calls: 2, refused: 2 });
    const calls = await publishedCalls(world.reports, ORG, '2026-03-30');
    expect(calls).toMatchObject([
      { id: 'a', qa: 'not evaluated yet' },
      { id: 'b', qa: 'evaluated', passed: true },
    ]);
    expect(await pageText(world.reports, ORG, '/calls/b/')).toContain('"state":"refused"');
    expect(await pageJson(world.reports, ORG, '/data/status.json')).toMatchObject({
      refusedObjects: [
        { key: 'enriched/b.json', reason: 'it is not a JSON object' },
        { key: 'final/v2.0-flat/qa/a.jsonl', reason: 'it holds NaN or Infinity, which JSON does not allow' },
      ],
    });
  });

  it('keeps the old site where the configuration is there but wrong, and says all that is wrong', async () => {
    const world = await tenant([{ id: 'a' }]);
    await build(world, ORG);
    const before = await everything(world.reports);
    await world.config.put(`${ORG}/report-config.json`, JSON.stringify({ timeZone: 'Mars', passMark: 700 }));
    await expect(build(world, ORG)).rejects.toThrow(/timeZone.*\n.*passMark/);
    await world.config.put(`${ORG}/report-config.json`, '{"name": ');
    await expect(build(world, ORG)).rejects.toThrow('report-config.json: the text is cut off in the middle');
    expect(await everything(world.reports)).toEqual(before);
    await world.config.remove(`${ORG}/report-config.json`);
    await build(world, ORG);
    expect(await pageJson(world.reports, ORG, '/data/overview.json')).toMatchObject({ period: { timeZone: 'UTC' } });
  });

  it('leaves the old site or shows the new one, wherever it is cut off', async () => {
    const world = await tenant([{ id: 'a' }, { id: 'b' }]);
    await build(world, ORG);
    const old = await published(world.reports, ORG);
    const backup = await everything(world.reports);
    await world.results.remove(`${ORG}/enriched/a.json`);
    await putCall(world.results, ORG, { id: 'c' });
    const whole = watched(world.reports);
    await build({ ...world, reports: whole.store }, ORG);
    const wanted = await published(world.reports, ORG);
    const steps = whole.calls.put + whole.calls.remove;
    expect(steps).toBeGreaterThan(20);
    for (let failAt = 1; failAt <= steps; failAt++) {
      const reports = memoryStore();
      for (const [key, body] of backup) await reports.put(key, body);
      await expect(
        build({ ...world, reports: watched(reports, failAt).store }, ORG),
        `write ${failAt}`,
      ).rejects.toThrow('gone away');
      const now = await published(reports, ORG);
      expect([old, wanted], `write ${failAt}`).toContainEqual(now);
      for (const path of now.keys()) await pageText(reports, ORG, path);
      // The run after it makes it whole, and leaves nothing that belongs to no build.
      await buildSite({ ...world, reports }, ORG);
      expect(await published(reports, ORG)).toEqual(wanted);
      await expectTidy(reports);
    }
  });

  it('publishes a deletion at once: no byte of the call is left in the store', async () => {
    const marker = 'Q7xErased';
    const spoken = { call: { summary: [marker] }, enriched: { transcript: [{ speaker: 'agent', text: marker }] } };
    const world = await tenant([{ id: 'a' }, { id: 'gone-1', ...spoken }]);
    await build(world, ORG);
    await putCall(world.results, ORG, { id: 'b' });
    await build(world, ORG);
    for (const key of objectsOf(ORG, { id: 'gone-1' }).keys()) await world.results.remove(`${ORG}/${key}`);
    expect(await build(world, ORG)).toMatchObject({ calls: 2, deleted: 1 });
    expect(await findMarker(world.reports, marker)).toEqual([]);
    expect(await findMarker(world.reports, 'gone-1')).toEqual([]);
  });

  it('is told where another run published meanwhile, and takes nothing of it back', async () => {
    const world = await tenant([{ id: 'a' }]);
    await build(world, ORG);
    await putCall(world.results, ORG, { id: 'b' });
    const slow: Store = {
      ...world.reports,
      async put(key, body, options) {
        if (key.endsWith('pointer.json')) {
          await putCall(world.results, ORG, { id: 'c' });
          await build(world, ORG);
        }
        return world.reports.put(key, body, options);
      },
    };
    await expect(build({ ...world, reports: slow }, ORG)).rejects.toThrow('another run published org_1 meanwhile');
    const site = await published(world.reports, ORG);
    expect([...site.keys()]).toContain('/calls/c/');
    for (const path of site.keys()) await pageText(world.reports, ORG, path);
  });

  it('knows its own pointer again where the answer to the write was lost', async () => {
    const world = await tenant([{ id: 'a' }]);
    const deaf: Store = {
      ...world.reports,
      async put(key, body, options) {
        const etag = await world.reports.put(key, body, options);
        // What a client sees that tries again after a time-out: its own write is in the way.
        if (key.endsWith('pointer.json')) return world.reports.put(key, body, options);
        return etag;
      },
    };
    expect(await build({ ...world, reports: deaf }, ORG)).toMatchObject({ published: true, generation: 1 });
  });

  it('never reads a neighbour whose id begins alike', async () => {
    const world = await tenant([{ id: 'a' }]);
    await putCall(world.results, 'org_12', { id: 'z' });
    await build(world, ORG);
    expect([...(await published(world.reports, ORG)).keys()].filter((path) => path.startsWith('/calls/'))).toEqual([
      '/calls/',
      '/calls/a/',
    ]);
  });
});

describe('a damaged store', () => {
  const run = (world: Awaited<ReturnType<typeof tenant>>, force = false) =>
    buildAll({ ...world, force, logFor: () => silentLog }, undefined);
  const pointerOf = async (reports: Store) =>
    JSON.parse(new TextDecoder().decode((await reports.get(`${ORG}/pointer.json`))?.body));
  const stateOf = async (reports: Store) => {
    const object = await reports.get(`${ORG}/${(await pointerOf(reports)).state.blob}`);
    return JSON.parse(brotliDecompressSync(object?.body as Uint8Array).toString());
  };

  it.each<[string, (reports: Store) => Promise<unknown>]>([
    ['a day', async (reports) => reports.put(`${ORG}/${(await stateOf(reports)).days['2026-03-30'].blob}`, 'x')],
    ['counts', async (reports) => reports.put(`${ORG}/${(await stateOf(reports)).months['2026-03'].counts.blob}`, 'x')],
    ['parties', async (reports) => reports.remove(`${ORG}/${(await stateOf(reports)).months['2026-03'].parties.blob}`)],
    [
      'words of a day',
      async (reports) => reports.put(`${ORG}/${(await stateOf(reports)).terms['2026-03-30'].blob}`, 'x'),
    ],
    ['segments', async (reports) => reports.remove(`${ORG}/${(await stateOf(reports)).segments.blob}`)],
    ['a search file', async (reports) => reports.remove(`${ORG}/${await blobOf(reports, '/search/all/0')}`)],
    ['the state', async (reports) => reports.put(`${ORG}/${(await pointerOf(reports)).state.blob}`, 'x')],
    ['the manifest', async (reports) => reports.put(`${ORG}/${(await pointerOf(reports)).manifest}`, '{')],
    ['the pointer', (reports) => reports.put(`${ORG}/pointer.json`, '{')],
    ['a page that is gone', async (reports) => reports.remove(`${ORG}/${await blobOf(reports, '/calls/a/')}`)],
    ['the status', (reports) => reports.put('status.json', '{')],
  ])('heals by itself: %s', async (_what, damage) => {
    const world = await tenant([{ id: 'a' }]);
    await run(world);
    await damage(world.reports);
    // Of another day, so that nothing but the damage has the first one counted again.
    await putCall(world.results, ORG, { id: 'b', call: { start_timestamp: '2026-03-31T10:00:00Z' } });
    expect(await run(world)).toMatchObject([{ result: { published: true, calls: 2 } }]);
    const cold = { ...world, reports: memoryStore() };
    await build(cold, ORG);
    expect(await published(world.reports, ORG)).toEqual(await published(cold.reports, ORG));
    for (const path of (await published(world.reports, ORG)).keys()) await pageText(world.reports, ORG, path);
    await expectTidy(world.reports);
  });

  it('has calls read again of that day alone whose words are lost', async () => {
    // Of other words: days of the same share a blob.
    const enriched = { transcript: [{ speaker: 'agent', text: 'goodbye' }] };
    const world = await tenant([{ id: 'a' }, { id: 'c', call: { start_timestamp: '2026-03-29T10:00:00Z' }, enriched }]);
    await run(world);
    await world.reports.remove(`${ORG}/${(await stateOf(world.reports)).terms['2026-03-30'].blob}`);
    expect(await run(world)).toMatchObject([{ result: { published: true, calls: 2, read: 1 } }]);
  });

  it('is made whole by --force where a page has other bytes of the same size', async () => {
    const world = await tenant([{ id: 'a' }]);
    await run(world);
    const key = `${ORG}/${await blobOf(world.reports, '/calls/a/')}`;
    await world.reports.put(key, (await world.reports.get(key))?.body.map(() => 7) as Uint8Array);
    await expect(pageText(world.reports, ORG, '/calls/a/')).rejects.toThrow();
    await run(world, true);
    expect(await pageText(world.reports, ORG, '/calls/a/')).toContain('my parcel has not come');
  });

  const blobOf = async (reports: Store, path: string) => {
    const { files } = await readManifest(reports, ORG, await pointerOf(reports));
    return (await files.get(path))?.blob ?? expect.fail();
  };
});

describe('odd input', () => {
  it('is refused where a name could not be asked for, and nothing else fails', async () => {
    const world = await tenant([{ id: 'a' }]);
    const odd = { key: `${ORG}/final/v2.0-flat/calls/a\\b.jsonl`, etag: 'e', size: 2 };
    const results: Store = {
      ...world.results,
      async *list(prefix) {
        const all = await collect(world.results.list(prefix));
        if (prefix.includes('final')) all.push(odd);
        yield* all.sort((a, b) => compareKeys(a.key, b.key));
      },
    };
    expect(await build({ ...world, results }, ORG)).toMatchObject({ calls: 1, refused: 1 });
    expect(await build({ ...world, results }, ORG)).toMatchObject({ published: false });
  });

  it('drops older builds where an object went between the listing and the reading', async () => {
    const marker = 'Q7xGone';
    const world = await tenant([{ id: 'a', call: { summary: [marker] }, enriched: null }]);
    await build(world, ORG);
    await putCall(world.results, ORG, { id: 'a', call: { summary: ['other'] }, enriched: null });
    const results: Store = {
      ...world.results,
      get: async (key, options) => (key.includes('/a.json') ? undefined : world.results.get(key, options)),
    };
    await build({ ...world, results }, ORG);
    expect(await findMarker(world.reports, marker)).toEqual([]);
  });

  it('shows an agent’s name as last spelt on every page of the agent, and keeps the page’s path', async () => {
    const world = memoryWorld();
    const of = (call_id: string, agent_id: string, started_at: string) => ({
      call_id,
      agent_id,
      started_at,
      ended_at: '',
    });
    const early = of('a', ' ann  SMITH', '2026-03-30');
    await putSheet(world.results, ORG, [early]);
    await build(world, ORG);
    const nameOn = async (path: string) =>
      /"name":"(ann smith|Ann Smith|ann SMITH)"/i.exec(await pageText(world.reports, ORG, path))?.[1];
    const path =
      (await pageJson<{ agents: { path: string }[] }>(world.reports, ORG, '/data/agents.json')).agents[0]?.path ?? '';
    expect([await nameOn('/calls/a/'), await nameOn(path)]).toEqual(['ann SMITH', 'ann SMITH']);

    await putSheet(world.results, ORG, [early, of('b', 'Ann Smith', '2026-03-30T10:00:00Z')]);
    await build(world, ORG);
    expect([await nameOn('/calls/a/'), await nameOn('/calls/b/'), await nameOn(path)]).toEqual(
      Array(3).fill('Ann Smith'),
    );
    const { agents } = await pageJson<{ agents: object[] }>(world.reports, ORG, '/data/agents.json');
    expect(agents).toMatchObject([{ id: 'ann smith', name: 'Ann Smith', calls: 2, path }]);
    // The call without an hour is the first of its day.
    const order = await pageJson<{ agents: object }>(world.reports, ORG, '/data/order/2026-03-30.json');
    expect(order.agents).toEqual({
      'ann smith': {
        calls: [
          ['/calls/a/', '2026-03-30'],
          ['/calls/b/', '2026-03-30T10:00:00.000Z'],
        ],
      },
    });
  });

  it('counts an evaluated call without a score apart, and still shows its rules', async () => {
    const qa = [rule('Identity verified', { overall_score: undefined, grade: undefined, pass: false })];
    const world = await tenant([{ id: 'a', call: { overall_score: ['x'], grade: null }, qa }]);
    await build(world, ORG);
    const { totals } = await pageJson<{ totals: object }>(world.reports, ORG, '/data/overview.json');
    expect(totals).toMatchObject({ calls: 1, qaEvaluated: 0, evaluatedWithoutScore: 1, criticalFailed: 1 });
    expect(totals).not.toHaveProperty('qaPassRate');
    expect([...(await published(world.reports, ORG)).keys()]).toContain('/qa/');
  });
});

/** Every object of the organization belongs to a kept build. */
async function expectTidy(reports: Store) {
  const objects = await everything(reports, `${ORG}/`);
  const pointer = JSON.parse(new TextDecoder().decode(objects.get(`${ORG}/pointer.json`)));
  const named = new Set([`${ORG}/pointer.json`]);
  for (const build of [pointer, ...pointer.kept]) {
    named.add(`${ORG}/${build.manifest}`);
    for await (const blob of blobsOf(await readManifest(reports, ORG, build))) named.add(`${ORG}/${blob}`);
    named.add(`${ORG}/${build.state.blob}`);
    const state = JSON.parse(brotliDecompressSync(objects.get(`${ORG}/${build.state.blob}`) as Uint8Array).toString());
    for (const blob of blobsOfState(state)) named.add(`${ORG}/${blob}`);
  }
  expect([...objects.keys()].sort()).toEqual([...named].sort());
}

/** Keys of the objects that hold a text, compressed or not. */
async function findMarker(store: Store, marker: string): Promise<string[]> {
  const found: string[] = [];
  for (const [key, body] of await everything(store)) {
    const forms = [
      body,
      ...[brotliDecompressSync, gunzipSync, zstdDecompressSync].flatMap((open) => attempt(() => open(body))),
    ];
    if (key.includes(marker) || forms.some((form) => Buffer.from(form).includes(marker))) found.push(key);
  }
  return found;
}

function attempt<T>(work: () => T): T[] {
  try {
    return [work()];
  } catch {
    return [];
  }
}
