import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isLong } from './fixtures/long.ts';
import { CONFIG, objectsOf, published, putCall, putSheet, watched } from './fixtures/world.ts';
import { rollBack } from './publish/rollback.ts';
import { collect } from './store/ranges.ts';
import { coldSite, type Fate, type FedWorld, fedWorld } from './testing/feed-runs.ts';
import { inputChange } from './testing/input-changes.ts';

const ORG = 'org_1';
const QUARTER_HOUR = 15 * 60_000;
const DAY = 24 * 60 * 60_000;
const fates = fc.infiniteStream(fc.constantFrom<Fate>('told', 'lost', 'late', 'doubled'));
const rounds = fc.array(fc.array(inputChange, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 4 });
const KEEPS = { createOnly: true, compareAndSwap: true };
const runs = { numRuns: isLong ? 400 : 5 };

const siteOf = ({ world }: FedWorld) => published(world.reports, ORG);
const left = async ({ events }: FedWorld) => (await collect(events.list(''))).map(({ key }) => key);

describe('a run with a change feed', () => {
  it('makes what a listing makes a day later at the latest, whatever becomes of events', async () => {
    await fc.assert(
      fc.asyncProperty(rounds, fates, async (changes, stream) => {
        const fed = await fedWorld();
        // Without any input there is no organization to build.
        await putCall(fed.world.results, ORG, { id: 'still' });
        await fed.run();
        const results = fed.results(() => stream.next().value);
        for (const round of changes) {
          for (const each of round) await each(results, fed.world.config);
          fed.clock.time += QUARTER_HOUR;
          expect((await fed.run()).outcome).toHaveProperty('result');
          await fed.deliver();
        }
        fed.clock.time += DAY;
        expect((await fed.run()).steps).toContain('list');
        expect(await siteOf(fed)).toEqual(await coldSite(fed.world));
        expect(await left(fed)).toEqual([]);
      }),
      runs,
    );
  });

  it('asks for little where nothing is told, and nothing that grows with the site', async () => {
    const fed = await fedWorld();
    const first = await fed.run();
    fed.clock.time += QUARTER_HOUR;
    const [results, reports] = [watched(fed.world.results), watched(fed.world.reports)];
    const { outcome, steps } = await fed.run({ results: results.store, reports: reports.store });
    expect(steps).toEqual(['events']);
    expect(outcome).toMatchObject({ result: { published: false, calls: 1, generation: 1 } });
    expect('result' in first.outcome && 'result' in outcome && outcome.result.listedAt).toBe(
      'result' in first.outcome && first.outcome.result.listedAt,
    );
    expect(results.calls).toEqual({ get: 0, put: 0, remove: 0, list: 0, written: [] });
    expect(reports.calls.written).toEqual(['status.json']);
    // Of these only the root of the state grows at all, with days.
    expect([reports.calls.get, reports.calls.list]).toEqual([6, 3]);
  });

  it('lists everything by itself where its local day is over, after a build that the last run does not know, and where asked to', async () => {
    const fed = await fedWorld();
    await fed.run();
    const steps = async (over = {}) => (await fed.run(over)).steps;
    expect(await steps()).toEqual(['events']);
    expect(await steps({ force: true })).toContain('list');
    expect(await steps()).toEqual(['events']);
    // 2026-04-03T01:00 in London has not come yet, and then it has.
    fed.clock.time = Date.parse('2026-04-02T23:59:00Z');
    expect(await steps()).toEqual(['events']);
    fed.clock.time = Date.parse('2026-04-03T00:00:00Z');
    expect(await steps()).toContain('list');
    expect(await steps()).toEqual(['events']);
    await fed.world.reports.remove('status.json');
    expect(await steps()).toContain('list');
    await fed.world.config.put(`${ORG}/report-config.json`, JSON.stringify({ ...CONFIG, passMark: 55 }));
    expect(await steps()).toContain('list');
    // A run that knows of no feed publishes beside it.
    await putCall(fed.world.results, ORG, { id: 'c1' });
    await fed.run({ events: undefined });
    expect(await steps()).toEqual(['events']);
  });

  it('lists everything after a rollback, whether the feed tells of something or not', async () => {
    for (const more of [[], [{ id: 'c2' }]]) {
      const fed = await fedWorld();
      await fed.run();
      await putCall(
        fed.results(() => 'told'),
        ORG,
        { id: 'c1' },
      );
      await fed.run();
      await rollBack(fed.world.reports, ORG, 1, '2026-04-02T09:00:00Z', async () => KEEPS);
      for (const spec of more)
        await putCall(
          fed.results(() => 'told'),
          ORG,
          spec,
        );
      const { steps, outcome } = await fed.run();
      expect(steps).toContain('list');
      expect(outcome).toMatchObject({ result: { published: true, calls: 2 + more.length } });
      expect(await siteOf(fed)).toEqual(await coldSite(fed.world));
    }
  });

  it('lists everything where an event cannot be read, names no call, or a row', async () => {
    const fed = await fedWorld();
    await putSheet(fed.world.results, ORG, [{ call_id: 'r1' }]);
    await fed.run();
    const listsFor = async (body: string) => {
      await fed.events.put(`${ORG}/e`, body);
      const { steps } = await fed.run();
      expect(await left(fed)).toEqual([]);
      return steps.includes('list');
    };
    expect(await listsFor('{')).toBe(true);
    expect(await listsFor('{"Event":"s3:TestEvent"}')).toBe(true);
    expect(await listsFor(`{"keys":["${ORG}/final/v2.0-flat/calls/calls.csv"]}`)).toBe(true);
    expect(await listsFor(`{"keys":["${ORG}/enriched/r1.json"]}`)).toBe(true);
    expect(await listsFor(`{"keys":["${ORG}/enriched/c0.json"]}`)).toBe(false);
    expect(await listsFor(`{"keys":["org_2/enriched/x.csv"]}`)).toBe(false);
  });

  it.each([
    [
      'S3',
      (key: string) => ({ Records: [{ s3: { object: { key: encodeURIComponent(key).replaceAll('%20', '+') } } }] }),
    ],
    ['EventBridge', (key: string) => ({ detail: { object: { key } } })],
    ['the same with a store that begins below', (key: string) => ({ detail: { object: { key: `folder/${key}` } } })],
  ])('reads an event of %s, one or several in an object', async (_of, eventOf) => {
    const fed = await fedWorld();
    await fed.run();
    const ids = ['a b', 'c+d', 'é💣'];
    for (const id of ids) await putCall(fed.world.results, ORG, { id });
    const keys = ids.flatMap((id) => [...objectsOf(ORG, { id }).keys()]).map((name) => `${ORG}/${name}`);
    const [first = '', ...others] = keys.map((key) => JSON.stringify(eventOf(key)));
    await fed.events.put(`${ORG}/1`, first);
    await fed.events.put(`${ORG}/2`, others.join('\n'));
    const { steps, outcome } = await fed.run();
    expect(steps).not.toContain('list');
    expect(outcome).toMatchObject({ result: { calls: 4, read: 3 } });
    expect(await siteOf(fed)).toEqual(await coldSite(fed.world));
  });

  it('lists everything where the feed itself cannot be read', async () => {
    const fed = await fedWorld();
    await fed.run();
    await putCall(fed.world.results, ORG, { id: 'c1' });
    await fed.events.put(`${ORG}/e`, '{"keys":[]}');
    const gone = () => {
      throw new Error('the store has gone away');
    };
    for (const broken of [{ list: gone }, { get: gone }]) {
      const { steps, outcome } = await fed.run({ events: { ...fed.events, ...broken } });
      expect(steps).toContain('list');
      expect(outcome).toMatchObject({ result: { calls: 2 } });
    }
    // What could not be removed is looked at again.
    await fed.run({ events: { ...fed.events, remove: gone } });
    expect(await left(fed)).toEqual([`${ORG}/e`]);
  });

  it('keeps its events where it publishes nothing because it fails', async () => {
    const fed = await fedWorld();
    await fed.run();
    await putCall(
      fed.results(() => 'told'),
      ORG,
      { id: 'c1' },
    );
    const told = await left(fed);
    const broken = { ...fed.world.reports, put: () => Promise.reject(new Error('no')) };
    await fed.run({ reports: { ...broken, url: 'memory:' } }).catch(() => {});
    expect(await left(fed)).toEqual(told);
    expect((await fed.run()).outcome).toMatchObject({ result: { calls: 2 } });
    expect(await left(fed)).toEqual([]);
  });
});
