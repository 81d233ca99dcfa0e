import { describe, expect, it } from 'vitest';
import { memoryWorld, objectsOf, pageJson, published, putCall, tenant, watched } from './fixtures/world.ts';
import { silentLog } from './lib/console.ts';
import { readPointer } from './publish/read.ts';
import { readStatus } from './publish/status.ts';
import { buildAll } from './run.ts';
import { memoryStore } from './store/memory.ts';
import type { Store } from './store/store.ts';

const ORG = 'org_1';

describe('a run', () => {
  it('publishes an empty site where all of an organization is gone, but only where the loss is accepted', async () => {
    const world = await tenant([{ id: 'a' }]);
    await putCall(world.results, 'org_2', { id: 'b' });
    const run = { ...world, acceptLoss: false, logFor: () => silentLog };
    await buildAll(run, undefined);
    for (const key of objectsOf(ORG, { id: 'a' }).keys()) await world.results.remove(`${ORG}/${key}`);
    for (const named of [undefined, undefined, [ORG]]) {
      const kept = await buildAll(run, named);
      const problem = expect.stringMatching(/would lose 1 of the 1 call that .* build --org org_1 --accept-loss/);
      expect(kept.find(({ org }) => org === ORG)).toMatchObject({ problems: [problem] });
      expect(await pageJson(world.reports, ORG, '/data/overview.json')).toMatchObject({ totals: { calls: 1 } });
    }
    const outcomes = await buildAll({ ...run, acceptLoss: true }, [ORG]);
    expect(outcomes).toMatchObject([{ result: { published: true, calls: 0, deleted: 1 } }]);
    expect(await pageJson(world.reports, ORG, '/data/overview.json')).toMatchObject({ totals: { calls: 0 }, days: [] });
    for (const key of objectsOf('org_2', { id: 'b' }).keys()) await world.results.remove(`org_2/${key}`);
    await expect(buildAll(run, undefined)).rejects.toThrow('holds no organization');
    expect(await pageJson(world.reports, 'org_2', '/data/overview.json')).toMatchObject({ totals: { calls: 1 } });
  });

  it('ends at its limit, says so of each organization that it did not get to, and goes on the next time', async () => {
    const world = { ...(await tenant([{ id: 'a' }])), logFor: () => silentLog };
    await buildAll(world, undefined);
    const before = await published(world.reports, ORG);
    await putCall(world.results, ORG, { id: 'b' });
    await putCall(world.results, 'org_2', { id: 'c' });
    const problems = [expect.stringContaining('has reached its limit of 0 minutes (CCI_RUN_MINUTES)')];
    expect(await buildAll({ ...world, longestMinutes: 0 }, undefined)).toEqual([
      { org: ORG, problems },
      { org: 'org_2', problems, withoutSite: true },
    ]);
    expect(await published(world.reports, ORG)).toEqual(before);
    const { status } = await readStatus(world.reports);
    expect(status.organizations).toMatchObject({ org_1: { problem: problems[0] }, org_2: { problem: problems[0] } });
    expect(await buildAll({ ...world, longestMinutes: 60 }, undefined)).toMatchObject([
      { result: { calls: 2 } },
      { result: { calls: 1 } },
    ]);
  });

  it('asks the stores nothing more once it is stopped, but ends what is published, and records no failure', async () => {
    const world = { ...(await tenant([{ id: 'a' }])), logFor: () => silentLog, organizationsAtOnce: 1 };
    await putCall(world.results, 'org_2', { id: 'b' });
    await buildAll(world, undefined);
    for (const org of [ORG, 'org_2']) await putCall(world.results, org, { id: 'c' });
    const before = await published(world.reports, 'org_2');
    const told: string[] = [];
    let isStopped = false;
    const put: Store['put'] = async (key, body, options) => {
      const etag = await world.reports.put(key, body, options);
      isStopped ||= key === `${ORG}/pointer.json`;
      return etag;
    };
    const meter = {
      begin: (n: number) => void told.push(`${n} organizations`),
      done: (org: string) => void told.push(org),
      end: () => void told.push('end'),
    };
    const run = { ...world, reports: { ...world.reports, put }, isStopped: () => isStopped, meter };
    expect(await buildAll(run, undefined)).toEqual([
      { org: ORG, result: expect.objectContaining({ published: true, calls: 2 }) },
      { org: 'org_2', problems: ['The run was stopped before this was published.'], stopped: true },
    ]);
    expect(told).toEqual(['2 organizations', ORG, 'org_2', 'end']);
    expect(await published(world.reports, 'org_2')).toEqual(before);
    const { organizations } = (await readStatus(world.reports)).status;
    expect(organizations).toMatchObject({ org_1: { calls: 2 }, org_2: { calls: 1 } });
    expect(organizations.org_2).not.toHaveProperty('problem');
  });

  it('builds the others where one organization fails, and says why in status.json', async () => {
    const world = await tenant([{ id: 'a' }], { passMark: 'x' });
    await putCall(world.results, 'org_2', { id: 'b' });
    await buildAll({ ...world, logFor: () => silentLog }, undefined);
    const { status } = await readStatus(world.reports);
    expect(status.organizations).toMatchObject({
      org_1: { problem: expect.stringContaining('passMark') },
      org_2: { generation: 1, calls: 1 },
    });
    expect(status.organizations.org_1).not.toHaveProperty('listedAt');
  });

  it('publishes 17 of 20 where one is misconfigured, one cannot be read and one cannot be rendered', async () => {
    const world = memoryWorld();
    const orgs = Array.from({ length: 20 }, (_, i) => `org_${String(i).padStart(2, '0')}`);
    for (const org of orgs) await putCall(world.results, org, { id: `call-of-${org}` });
    await world.config.put('org_03/report-config.json', '{"passMark": "high"}');
    const results: Store = {
      ...world.results,
      async get(key, options) {
        if (key.startsWith('org_07/')) throw new Error('access denied');
        return world.results.get(key, options);
      },
    };
    const render: typeof world.renderer.render = async (view) => {
      if (JSON.stringify(view).includes('call-of-org_11')) throw new Error('failed page');
      return world.renderer.render(view);
    };
    const context = { ...world, results, renderer: { ...world.renderer, render }, logFor: () => silentLog };
    const outcomes = await buildAll(context, undefined);
    const failed = outcomes.flatMap((outcome) =>
      'problems' in outcome ? [[outcome.org, outcome.problems.join()]] : [],
    );
    expect(failed).toEqual([
      ['org_03', expect.stringContaining('passMark')],
      ['org_07', 'access denied'],
      ['org_11', 'failed page'],
    ]);
    for (const org of orgs) {
      const isBad = failed.some(([bad]) => bad === org);
      expect((await published(world.reports, org)).has('/'), org).toBe(!isBad);
    }
  });

  it('writes status.json and nothing else where a whole run finds nothing new', async () => {
    const world = await tenant([{ id: 'a' }]);
    const reports = watched(world.reports);
    const run = { ...world, reports: reports.store, logFor: () => silentLog };
    await buildAll(run, undefined);
    reports.calls.written.length = 0;
    reports.calls.remove = 0;
    await buildAll(run, undefined);
    expect(reports.calls.written).toEqual(['status.json']);
    expect(reports.calls.remove).toBe(0);
  });

  it('leaves for a day what a slower run may still be about to publish, and removes it only once that run cannot win', async () => {
    let time = Date.parse('2026-04-02T08:00:00Z');
    const reports = memoryStore(() => time);
    const world = { ...(await tenant([{ id: 'a' }])), reports, logFor: () => silentLog };
    await buildAll(world, undefined);
    const left = `${ORG}/blobs/${'ab'.repeat(32)}.7`;
    await reports.put(left, 'x');
    const seen: unknown[] = [];
    // A run knows the time from what the run before it has written.
    for (const hours of [1, 22, 2, 0]) {
      time += hours * 3_600_000;
      await buildAll(world, undefined);
      const { generation } = (await readPointer(reports, ORG))?.pointer ?? {};
      seen.push([(await reports.get(left)) !== undefined, generation]);
    }
    expect(seen).toEqual([
      [true, 1],
      [true, 1],
      [true, 1],
      [false, 7],
    ]);
  });

  it('names the last organization to be erased only where it is asked to', async () => {
    const world = await tenant([{ id: 'a' }]);
    const context = { ...world, logFor: () => silentLog };
    await buildAll(context, undefined);
    for (const key of objectsOf(ORG, { id: 'a' }).keys()) await world.results.remove(`${ORG}/${key}`);
    await expect(buildAll(context, undefined)).rejects.toThrow('name it with --org');
    // Other code too: the old state cannot be compared with, and the call is gone all the same.
    const renewed = { ...context, codeVersion: 'other' };
    expect(await buildAll(renewed, [ORG])).toMatchObject([{ result: { published: true, calls: 0, deleted: 1 } }]);
  });

  it('tells how the others fared while a large organization is still being built', async () => {
    const world = await tenant([{ id: 'a' }]);
    await putCall(world.results, 'org_2', { id: 'b' });
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const results: Store = {
      ...world.results,
      async get(key, options) {
        if (key.startsWith(`${ORG}/`)) await held;
        return world.results.get(key, options);
      },
    };
    const running = buildAll({ ...world, results, logFor: () => silentLog, statusEvery: 1 }, undefined);
    await expect
      .poll(async () => (await readStatus(world.reports)).status.organizations)
      .toMatchObject({ org_2: { generation: 1 } });
    expect(Object.keys((await readStatus(world.reports)).status.organizations)).toEqual(['org_2']);
    expect((await published(world.reports, 'org_2')).has('/')).toBe(true);
    release();
    await running;
    expect(Object.keys((await readStatus(world.reports)).status.organizations)).toEqual([ORG, 'org_2']);
  });
});
