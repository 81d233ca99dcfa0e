import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isLong } from './fixtures/long.ts';
import { CONFIG, objectsOf, published, putCall, putSheet, rule, SHEET, watched } from './fixtures/world.ts';
import { rollBack } from './publish/rollback.ts';
import type { Store } from './store/store.ts';
import { coldSite, type Fate, type FedWorld, fedWorld, filledQueue, notification } from './testing/feed-runs.ts';
import { inputChange } from './testing/input-changes.ts';
import { type SqsDouble, sqsDouble } from './testing/sqs-double.ts';

const ORG = 'org_1';
const QUARTER_HOUR = 15 * 60_000;
const DAY = 24 * 60 * 60_000;
const fates = fc.infiniteStream(fc.constantFrom<Fate>('told', 'lost', 'late', 'doubled'));
const whims = fc.infiniteStream(fc.nat(99));
const rounds = fc.array(fc.array(inputChange, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 4 });
const KEEPS = { createOnly: true, compareAndSwap: true };
const runs = { numRuns: isLong ? 400 : 3 };
/** A message that nobody has removed comes again after so long. */
const HELD = 15 * 60_000;

const siteOf = ({ world }: FedWorld) => published(world.reports, ORG);

let double: SqsDouble;
beforeAll(async () => {
  double = await sqsDouble();
});
afterAll(() => double[Symbol.asyncDispose]());

describe.each([
  ['of objects', () => fedWorld()],
  ['in a queue', () => fedWorld(filledQueue(double))],
])('a run with a change feed %s', (_kind, open) => {
  it('makes what a listing makes a day later at the latest, whatever becomes of events', async () => {
    await fc.assert(
      fc.asyncProperty(rounds, fates, whims, async (changes, stream, odd) => {
        const fed = await open();
        // Without any input there is no organization to build.
        await putCall(fed.world.results, ORG, { id: 'still' });
        await fed.run();
        fed.beOdd(() => odd.next().value);
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
        fed.beOdd();
        fed.clock.time += HELD;
        await fed.run();
        expect(await fed.left()).toBe(0);
      }),
      runs,
    );
  });

  it('asks for little where nothing is told, and nothing that grows with the site', async () => {
    const fed = await open();
    const first = await fed.run();
    fed.clock.time += QUARTER_HOUR;
    const [results, reports] = [watched(fed.world.results), watched(fed.world.reports)];
    const { outcome, steps } = await fed.run({ results: results.store, reports: reports.store });
    expect(steps).toEqual(['events']);
    expect(outcome).toMatchObject({ result: { published: false, calls: 1, generation: 1 } });
    expect('result' in first.outcome && 'result' in outcome && outcome.result.listedAt).toBe(
      'result' in first.outcome && first.outcome.result.listedAt,
    );
    // What the pipeline says of calls that are not done: no feed tells of it.
    const read = [`${ORG}/pipeline/waiting.json`];
    expect(results.calls).toEqual({ get: 1, put: 0, remove: 0, list: 0, read, written: [] });
    expect(reports.calls.written).toEqual(['status.json']);
    // Of these only the root of the state grows at all, with days.
    expect([reports.calls.get, reports.calls.list]).toEqual([6, 3]);
  });

  it('lists everything where an event cannot be read, names no call, or a row', async () => {
    const fed = await open();
    await putSheet(fed.world.results, ORG, [{ call_id: 'r1' }]);
    await fed.run();
    const listsFor = async (body: string) => {
      await fed.put(body);
      const { steps } = await fed.run();
      // It is looked at once.
      expect((await fed.run()).steps).toEqual(['events']);
      return steps.includes('list');
    };
    expect(await listsFor('{')).toBe(true);
    expect(await listsFor('{"Event":"something else"}')).toBe(true);
    expect(await listsFor(`{"keys":["${ORG}/final/v2.0-flat/calls/calls.csv"]}`)).toBe(true);
    expect(await listsFor(`{"keys":["${ORG}/enriched/r1.json"]}`)).toBe(true);
    expect(await listsFor(`{"keys":["${ORG}/enriched/c0.json"]}`)).toBe(false);
    expect(await listsFor(`{"keys":["org_2/enriched/x.csv"]}`)).toBe(false);
    // S3 writes it when notifications are switched on.
    expect(await listsFor('{"Service":"Amazon S3","Event":"s3:TestEvent","Bucket":"results"}')).toBe(false);
  });

  it('lists everything where the feed itself cannot be read', async () => {
    const fed = await open();
    await fed.run();
    await putCall(fed.world.results, ORG, { id: 'c1' });
    await fed.put('{"keys":[]}');
    for (const what of ['list', 'read'] as const) {
      fed.fail(what);
      const { steps, outcome } = await fed.run();
      expect(steps).toContain('list');
      expect(outcome).toMatchObject({ result: { calls: 2 } });
    }
    // What could not be removed is looked at again.
    fed.fail('remove');
    await fed.run();
    expect(await fed.left()).toBe(1);
    fed.fail();
    fed.clock.time += HELD;
    await fed.run();
    expect(await fed.left()).toBe(0);
  });

  // The told call spells a rule in another way: pages with it are made again, and nobody has told that one of their calls is another one.
  it.each<[string, (results: Store) => Promise<unknown>, number]>([
    ['is gone', (results) => results.remove(`${ORG}/final/v2.0-flat/calls/odd.jsonl`), 3],
    ['is another one', (results) => putCall(results, ORG, { id: 'odd', call: { overall_score: 7 } }), 4],
    ['was in a sheet that is gone', (results) => results.remove(`${ORG}/${SHEET}`), 3],
    ['has another row', (results) => putSheet(results, ORG, [{ call_id: 'row', summary: 'x' }]), 4],
  ])('lists everything where a call that it reads again %s, though no event says so', async (_how, change, calls) => {
    const fed = await open();
    await putCall(fed.world.results, ORG, { id: 'odd' });
    await putSheet(fed.world.results, ORG, [{ call_id: 'row' }]);
    await fed.run();
    await change(fed.world.results);
    const last = { start_timestamp: '2026-03-30T11:00:00Z' };
    await putCall(
      fed.results(() => 'told'),
      ORG,
      { id: 'new', call: last, qa: [rule('IDENTITY verified')] },
    );
    const { steps, outcome } = await fed.run();
    expect(steps.slice(0, 3)).toEqual(['events', 'open', 'look up']);
    expect(outcome).toMatchObject({ result: { published: true, calls } });
    expect(await siteOf(fed)).toEqual(await coldSite(fed.world));
  });

  it('keeps its events where it publishes nothing because it fails', async () => {
    const fed = await open();
    await fed.run();
    await putCall(
      fed.results(() => 'told'),
      ORG,
      { id: 'c1' },
    );
    const told = await fed.left();
    expect(told).toBeGreaterThan(0);
    const broken = { ...fed.world.reports, put: () => Promise.reject(new Error('no')) };
    await fed.run({ reports: { ...broken, url: 'memory:' } }).catch(() => {});
    expect(await fed.left()).toEqual(told);
    expect((await fed.run()).outcome).toMatchObject({ result: { calls: 2 } });
    expect(await fed.left()).toBe(0);
  });
});

describe('a run with a change feed', () => {
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

  it.each([
    [
      'S3',
      (key: string) => ({ Records: [{ s3: { object: { key: encodeURIComponent(key).replaceAll('%20', '+') } } }] }),
    ],
    ['EventBridge', (key: string) => ({ detail: { object: { key } } })],
    ['S3 in an envelope of SNS', (key: string) => ({ Type: 'Notification', Message: notification(key) })],
    ['EventBridge with a store that begins below', (key: string) => ({ detail: { object: { key: `folder/${key}` } } })],
  ])('reads an event of %s, one or several in an object', async (_of, eventOf) => {
    const fed = await fedWorld();
    await fed.run();
    const ids = ['a b', 'c+d', 'é💣'];
    for (const id of ids) await putCall(fed.world.results, ORG, { id });
    const keys = ids.flatMap((id) => [...objectsOf(ORG, { id }).keys()]).map((name) => `${ORG}/${name}`);
    const [first = '', ...others] = keys.map((key) => JSON.stringify(eventOf(key)));
    await fed.put(first);
    await fed.put(others.join('\n'));
    const { steps, outcome } = await fed.run();
    expect(steps).not.toContain('list');
    expect(outcome).toMatchObject({ result: { calls: 4, read: 3 } });
    expect(await siteOf(fed)).toEqual(await coldSite(fed.world));
  });
});
