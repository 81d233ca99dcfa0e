import { expect, it } from 'vitest';
import type { AboutPage } from '#shared/view.ts';
import { build, CONFIG, memoryWorld, pageJson, pageText, published, putCall, tenant } from '../fixtures/world.ts';
import { silentLog } from '../lib/console.ts';
import { buildAll } from '../run.ts';
import { announce, objectFeed } from '../source/feed/event-objects.ts';
import { memoryStore } from '../store/memory.ts';
import type { Store } from '../store/store.ts';

const ORG = 'org_1';
const KEY = `${ORG}/pipeline/waiting.json`;

const put = (results: Store, more: object = {}, reason = 'the recording has 44 bytes, which is no sound') =>
  results.put(
    KEY,
    JSON.stringify({
      version: 1,
      at: new Date().toISOString(),
      waiting: 2,
      dead: 1,
      calls: [
        { call: 'rec-1', stage: 'transcribe', state: 'dead', reason, since: '2026-03-31T10:00:00Z' },
        { call: 'rec-+4420', stage: 'analyse', state: 'waiting', reason: 'throttled', since: '2026-04-01T10:00:00Z' },
      ],
      engines: { transcribe: 'sidecar', sentiment: 'lexicon', evaluate: 'phrases' },
      ...more,
    }),
  );

async function about(reports: Store): Promise<AboutPage> {
  const page = (await pageText(reports, ORG, '/about/')).replace(/^.*<pre>|<\/pre>$/g, '').replaceAll('&lt;', '<');
  return JSON.parse(page) as AboutPage;
}

it('shows calls that wait or are dead, with why, and the engines', async () => {
  const world = await tenant([{ id: 'a' }]);
  await put(world.results);
  expect(await build(world, ORG)).toMatchObject({ unfinished: { waiting: 2, dead: 1 } });
  const { waiting } = await about(world.reports);
  expect(waiting).toEqual({
    dead: {
      lines: [
        {
          call: 'rec-1',
          stage: 'transcribe',
          reason: 'the recording has 44 bytes, which is no sound',
          since: '2026-03-31T10:00:00.000Z',
        },
      ],
      more: 0,
    },
    waiting: {
      lines: [{ call: 'rec-+4420', stage: 'analyse', reason: 'throttled', since: '2026-04-01T10:00:00.000Z' }],
      more: 1,
    },
    engines: [
      { task: 'transcribe', name: 'sidecar' },
      { task: 'sentiment', name: 'lexicon' },
      { task: 'evaluate', name: 'phrases' },
    ],
  });
  expect(await pageJson(world.reports, ORG, '/data/status.json')).toMatchObject({ pipeline: waiting });
});

it('builds again where the list has changed, and not where only its time has', async () => {
  const world = await tenant([{ id: 'a' }]);
  await build(world, ORG);
  await put(world.results);
  expect(await build(world, ORG)).toMatchObject({ published: true, read: 0 });
  await put(world.results);
  expect(await build(world, ORG)).toMatchObject({ published: false, unfinished: { waiting: 2, dead: 1 } });
  await put(world.results, { dead: 2 });
  expect(await build(world, ORG)).toMatchObject({ published: true, unfinished: { dead: 2 } });
  await world.results.remove(KEY);
  const last = await build(world, ORG);
  expect(last.published).toBe(true);
  expect(last).not.toHaveProperty('unfinished');
  expect(await about(world.reports)).not.toHaveProperty('waiting');
});

it('is the same whether it came at once or later', async () => {
  const [early, late] = [await tenant([{ id: 'a' }]), await tenant([{ id: 'a' }])];
  for (const world of [early, late]) {
    if (world === early) await put(world.results);
    await build(world, ORG);
    await put(world.results);
    await build(world, ORG);
  }
  expect(await published(late.reports, ORG)).toEqual(await published(early.reports, ORG));
});

it('is noticed by a run that a change feed tells nothing, or of a call alone', async () => {
  const world = await tenant([{ id: 'a' }]);
  const events = memoryStore();
  const run = async () => {
    const [outcome] = await buildAll(
      { ...world, events: objectFeed(events), logFor: () => silentLog, statusEvery: 1e9 },
      undefined,
    );
    return outcome && 'result' in outcome ? outcome.result : outcome;
  };
  await run();
  expect(await run()).toMatchObject({ published: false });
  await put(world.results);
  expect(await run()).toMatchObject({ published: true, unfinished: { dead: 1 } });
  await put(world.results, { dead: 3 });
  await putCall(world.results, ORG, { id: 'b' });
  await announce(events, ORG, [`${ORG}/final/v2.0-flat/calls/b.jsonl`]);
  expect(await run()).toMatchObject({ published: true, calls: 2, unfinished: { dead: 3 } });
});

it('masks ids and reasons as names are', async () => {
  const world = await tenant([{ id: 'a' }], { ...CONFIG, masking: true });
  world.maskingKey = 'k'.repeat(32);
  const calls = ['rec_447700900123', 'rec_447700900999'].map((call) => ({
    call,
    stage: 's',
    state: 'dead',
    reason: 'of 447700900123',
  }));
  await put(world.results, { calls, dead: 2 });
  await build(world, ORG);
  for (const path of ['/about/', '/data/status.json']) {
    const text = await pageText(world.reports, ORG, path);
    expect(text).toContain('rec_•••');
    expect(text).not.toMatch(/4477009/);
  }
});

it('says that the list could not be read, and builds all the same', async () => {
  const world = await tenant([{ id: 'a' }]);
  await world.results.put(KEY, '{');
  expect(await build(world, ORG)).toMatchObject({ published: true, calls: 1 });
  expect((await about(world.reports)).waiting).toMatchObject({ isUnread: true });
});

it('reads nothing else of what the pipeline keeps there', async () => {
  const world = memoryWorld({ results: (await tenant([{ id: 'a' }])).results });
  await build(world, ORG);
  await world.results.put(`${ORG}/pipeline/calls/a.json`, '{}');
  await world.results.put(`${ORG}/pipeline/open/b`, '');
  await world.results.put(`${ORG}/raw/a.json`, '{}');
  expect(await build(world, ORG)).toMatchObject({ published: false });
});
