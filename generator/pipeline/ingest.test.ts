import { expect, it } from 'vitest';
import { Unavailable } from '../lib/errors.ts';
import { say } from '../lib/printable.ts';
import { memoryStore } from '../store/memory.ts';
import type { Store } from '../store/store.ts';
import { watched } from '../store/testing/watched.ts';
import { replay } from './again/replay.ts';
import { PipelineError } from './errors.ts';
import { readIngest } from './ingest/watermark.ts';
import { readRecord } from './record.ts';
import { runOrganization } from './run.ts';
import { START, spoken, type TestWorld, testWorld } from './testing/world.ts';

const run = (world: TestWorld) => runOrganization(world, new AbortController().signal);
const HOUR = 60 * 60_000;
const at = (hour: number) => new Date(START + hour * HOUR).toISOString();
const unreachable = () => new PipelineError('retry', [say`The provider cannot be reached.`]);

const doneIn = async (world: TestWorld, call: string) =>
  (await readRecord(world.stores.results, world.org, call))?.record.state === 'done';

it('takes a recording that appears 20 hours late, and each one once', async () => {
  const world = testWorld();
  await run(world);
  world.clock.time += 20 * HOUR;
  world.has.push(spoken('late', { started: at(1), ended: at(1.1) }));
  expect((await run(world)).ingest).toMatchObject({ listed: 2, taken: 1, known: 1 });
  world.clock.time += HOUR;
  expect((await run(world)).ingest).toMatchObject({ taken: 0, known: 2 });
  expect(await doneIn(world, 'late')).toBe(true);
  expect(world.asked.filter((what) => what.startsWith('transcribe')).sort()).toEqual([
    'transcribe call-1',
    'transcribe late',
  ]);
});

it('says of a recording that has another size than when it was taken, and takes it again where that is asked for', async () => {
  const sized = (turns?: string[], over: object = {}) => {
    const one = spoken('call-1', over, turns);
    const bytes = JSON.stringify({ id: 'call-1', turns: one.turns, facts: {} }).length;
    return { ...one, recording: { ...one.recording, bytes } };
  };
  const world = testWorld({ has: [sized()] });
  expect((await run(world)).ingest).toMatchObject({ taken: 1, changed: 0 });
  expect((await run(world)).ingest).toMatchObject({ known: 1, changed: 0 });
  world.has[0] = sized(['thank you for calling', 'here is the rest of it'], { agent: 'ann' });
  expect((await run(world)).ingest).toMatchObject({ known: 1, changed: 1 });
  expect(world.asked.filter((what) => what.startsWith('transcribe'))).toHaveLength(1);
  await replay(world, 'call-1', 'ingest');
  expect((await run(world)).ingest).toMatchObject({ taken: 1, changed: 0 });
  expect((await readRecord(world.stores.results, 'acme', 'call-1'))?.record).toMatchObject({
    state: 'done',
    recording: { agent: 'ann' },
  });
  expect((await run(world)).ingest).toMatchObject({ known: 1, changed: 0 });
});

it('counts what its provider leaves to the next run', async () => {
  const world = testWorld();
  world.provider = { ...world.provider, growing: () => 2 };
  expect((await run(world)).ingest).toMatchObject({ listed: 1, taken: 1, growing: 2 });
});

it('does not take a store that fails for one that has nothing', async () => {
  const downloads: string[] = [];
  let isDown = false;
  const [input, inner] = [memoryStore(), memoryStore()];
  const results: Store = {
    ...inner,
    async get(key, options) {
      if (isDown && key.includes('/pipeline/calls/')) throw new Unavailable([say`The store does not answer.`]);
      return inner.get(key, options);
    },
  };
  const world = testWorld({
    stores: { input, results },
    before: (what) => {
      if (what.startsWith('download')) downloads.push(what);
    },
  });
  await run(world);
  isDown = true;
  await expect(run(world)).rejects.toThrow(Unavailable);
  expect(downloads).toEqual(['download call-1']);
});

it('loses nothing where the provider is down for 40 hours, and says so', async () => {
  let isDown = false;
  const world = testWorld({
    before: (what) => {
      if (isDown && what === 'list') throw unreachable();
    },
  });
  await run(world);
  isDown = true;
  for (let hour = 0; hour < 40; hour++) {
    world.clock.time += HOUR;
    if (hour % 5 === 0) world.has.push(spoken(`call-${hour + 2}`, { started: at(hour), ended: at(hour + 0.1) }));
    expect((await run(world)).ingest.problem).toEqual(['The provider cannot be reached.']);
  }
  isDown = false;
  expect(await run(world)).toMatchObject({ ingest: { taken: 8 }, calls: { done: 8 } });
});

it('keeps asking for a recording that could not be downloaded, however long, and says that it waits', async () => {
  let isDown = true;
  const world = testWorld({
    has: [spoken('a'), spoken('b')],
    before: (what) => {
      if (isDown && what === 'download a') throw unreachable();
    },
  });
  expect(await run(world)).toMatchObject({
    ingest: { taken: 1, failed: 1 },
    calls: { seen: 2, done: 1, waiting: 1 },
    notDone: [{ call: 'a', stage: 'ingest', reason: 'The provider cannot be reached.' }],
  });
  for (let day = 0; day < 4; day++) {
    world.clock.time += 24 * HOUR;
    await run(world);
  }
  // It is listed no more from where everything before is there, but from where it began.
  expect((await readIngest(world.stores.results, 'acme')).watermark).toEqual({ time: '2026-04-02T07:00:00.000Z' });
  isDown = false;
  world.clock.time += HOUR;
  expect(await run(world)).toMatchObject({ ingest: { taken: 1, failed: 0 }, notDone: [] });
});

it('keeps what a listing gave before it broke off, and asks again from the same place', async () => {
  const world = testWorld({ has: Array.from({ length: 220 }, (_, i) => spoken(`call-${i}`)), free: true });
  const { provider } = world;
  const broken: TestWorld = {
    ...world,
    provider: {
      ...provider,
      async *list(since, signal) {
        let listed = 0;
        for await (const recording of provider.list(since, signal)) {
          if (++listed > 210) throw unreachable();
          yield recording;
        }
      },
    },
  };
  expect(await run(broken)).toMatchObject({ ingest: { taken: 200, problem: ['The provider cannot be reached.'] } });
  expect((await readIngest(world.stores.results, 'acme')).watermark).toBeUndefined();
  expect(await run(world)).toMatchObject({ ingest: { taken: 20, known: 200 }, notDone: [] });
});

it('puts a recording aside that is no sound, and does not ask for it again', async () => {
  let asked = 0;
  const world = testWorld({
    before: (what) => {
      if (!what.startsWith('download')) return;
      asked++;
      throw new PipelineError('poison', [say`It is a page of HTML.`]);
    },
  });
  const dead = [{ call: 'call-1', stage: 'ingest', state: 'dead', reason: 'It is a page of HTML.' }];
  expect(await run(world)).toMatchObject({ calls: { seen: 0 }, notDone: dead });
  expect(await run(world)).toMatchObject({ ingest: { known: 1 }, notDone: dead });
  expect(asked).toBe(1);
});

it('takes the legs of a call once: that of the agent who began it, and no leg that comes later', async () => {
  const long = { group: 'g', ended: '2026-04-02T07:30:00Z' };
  const world = testWorld({
    has: [
      spoken('customer', long),
      spoken('agent', { group: 'g', from: 'bob@agents.example', to: '+441632960001' }),
      spoken('alone', { group: 'h' }),
    ],
  });
  expect((await run(world)).ingest).toMatchObject({ listed: 3, taken: 2, legs: 1 });
  world.has.push(spoken('later', { ...long, ended: '2026-04-02T07:50:00Z' }));
  world.clock.time += HOUR;
  expect((await run(world)).ingest).toMatchObject({ taken: 0, legs: 2 });
  expect(await doneIn(world, 'agent')).toBe(true);
  expect(await doneIn(world, 'customer')).toBe(false);
});

it('waits for the other legs of a call that has just ended', async () => {
  const world = testWorld({ has: [spoken('one', { group: 'g', ended: at(-0.05) })] });
  expect((await run(world)).ingest).toMatchObject({ taken: 0, failed: 1 });
  world.clock.time += HOUR;
  expect((await run(world)).ingest).toMatchObject({ taken: 1 });
});

it('leaves out meetings only where it is told to, and counts what has no usable id', async () => {
  const has = [spoken('meeting', { meeting: true }), spoken('../other/audio/x'), spoken('good')];
  const keeps = testWorld({ has });
  expect((await run(keeps)).ingest).toMatchObject({ taken: 2, meetings: 0, refused: 1 });
  const leaves = testWorld({ has, config: { meetings: 'leave out' } });
  expect((await run(leaves)).ingest).toMatchObject({ taken: 1, meetings: 1, refused: 1 });
});

it('has written everything else of a recording before its sound', async () => {
  const world = testWorld({ free: true });
  const [input, results] = [watched(world.stores.input), watched(world.stores.results)];
  let before: string[] = [];
  const put: Store['put'] = (key, body, options) => {
    if (key.includes('/audio/')) before = [...input.calls.written, ...results.calls.written];
    return input.store.put(key, body, options);
  };
  await run({ ...world, stores: { input: { ...input.store, put }, results: results.store } });
  expect(before).toEqual(['acme/meta/call-1.json', 'acme/pipeline/open/call-1', 'acme/pipeline/calls/call-1.json']);
});

it('goes on from an id where the provider counts, a day behind', async () => {
  const world = testWorld({ has: [spoken('1', { started: at(-48) }), spoken('2', { started: at(-1) })] });
  world.provider = { ...world.provider, counts: true };
  await run(world);
  expect((await readIngest(world.stores.results, 'acme')).watermark).toEqual({ id: '1' });
});
