import { describe, expect, it } from 'vitest';
import { decodeText } from '../../lib/bytes.ts';
import { say } from '../../lib/printable.ts';
import { everything } from '../../store/testing/watched.ts';
import { advance } from '../advance.ts';
import { PipelineError } from '../errors.ts';
import { runOrganization } from '../run.ts';
import { NOTHING_SPENT } from '../spent.ts';
import { QA, START, spoken, type TestWorld, testWorld } from '../testing/world.ts';
import { writeWaiting } from '../waiting.ts';
import { erase } from './erase.ts';
import { planOf } from './plan.ts';
import { changedCalls, reanalyse } from './reanalyse.ts';
import { deadCalls, heldBack, replay } from './replay.ts';
import { statusOf } from './status.ts';

const SIGNAL = new AbortController().signal;
const run = (world: TestWorld) => runOrganization(world, SIGNAL);
const HOUR = 60 * 60_000;
const many = (count: number) =>
  Array.from({ length: count }, (_, i) =>
    spoken(`call-${i}`, { started: new Date(START - (i + 2) * HOUR).toISOString(), ended: undefined }),
  );
const asks = (world: TestWorld) => world.asked.map((what) => what.split(' ')[0]);

describe('reanalyse', () => {
  it('judges again what is judged otherwise now, the newest first, and transcribes nothing', async () => {
    const world = testWorld({ has: many(5) });
    await run(world);
    expect(await changedCalls(world)).toEqual([]);
    const changed = { ...world, qa: { qa_rules: [...QA.qa_rules, { rule_name: 'Says the name', weight: 1 }] } };
    world.asked.length = 0;
    const dry = await reanalyse(changed, { limit: 2, isDry: true }, SIGNAL);
    expect(dry).toMatchObject({ found: 5, chosen: [{ call: 'call-0', tokens: 1000 }, { call: 'call-1' }] });
    expect(world.asked).toEqual([]);
    const done = await reanalyse(changed, { limit: 2 }, SIGNAL);
    expect(done).toMatchObject({ found: 5, calls: { seen: 2, done: 2 }, paid: { calls: 2, minutes: 0, tokens: 2000 } });
    expect(asks(world)).toEqual(['evaluate', 'evaluate']);
    const qa = await world.stores.results.get('acme/final/v2.0-flat/qa/call-0.jsonl');
    expect(
      decodeText(qa?.body ?? new Uint8Array())
        .trim()
        .split('\n'),
    ).toHaveLength(3);
    expect(await reanalyse(changed, {}, SIGNAL)).toMatchObject({ found: 3, calls: { done: 3 } });
    expect(await changedCalls(changed)).toEqual([]);
    // Back to the rules of before: those answers are still there.
    world.asked.length = 0;
    expect(await reanalyse(world, {}, SIGNAL)).toMatchObject({ calls: { done: 5 }, paid: { calls: 0 } });
    expect(world.asked).toEqual([]);
  });

  it('scores sentiment again where another engine does it', async () => {
    const world = testWorld({ has: many(2) });
    await run(world);
    const { engines } = world;
    const other = { ...world, engines: { ...engines, sentiment: { ...engines.sentiment, name: 'another' } } };
    world.asked.length = 0;
    expect(await reanalyse(other, {}, SIGNAL)).toMatchObject({ found: 2, calls: { done: 2 }, paid: { units: 6 } });
    expect(new Set(asks(world))).toEqual(new Set(['score']));
  });
});

describe('replay', () => {
  it('asks once more from the stage that it is told, and leaves what came before', async () => {
    const world = testWorld();
    await run(world);
    world.asked.length = 0;
    expect(await replay(world, 'call-1', 'analyse')).toBe('analyse');
    expect(await run(world)).toMatchObject({ calls: { done: 1 }, paid: { calls: 1 } });
    expect(asks(world)).toEqual(['evaluate']);
    expect(await replay(world, 'call-1', 'transcribe')).toBe('transcribe');
    await run(world);
    // The same was said, so that nobody need be asked what is known.
    expect(asks(world)).toEqual(['evaluate', 'transcribe']);
    expect(await replay(world, 'nobody')).toBeUndefined();
  });

  it('opens a dead call again', async () => {
    let isBad = true;
    const world = testWorld({
      before: (what) => {
        if (isBad && what.startsWith('transcribe')) throw new PipelineError('poison', [say`It cannot be decoded.`]);
      },
    });
    expect(await run(world)).toMatchObject({ calls: { dead: 1 }, notDone: [{ state: 'dead' }] });
    expect(await deadCalls(world)).toEqual(['call-1']);
    isBad = false;
    expect(await run(world)).toMatchObject({ calls: { seen: 0 } });
    await replay(world, 'call-1');
    expect(await run(world)).toMatchObject({ calls: { done: 1 }, notDone: [] });
    expect(await deadCalls(world)).toEqual([]);
  });

  it('knows what runs leave alone for a while, which is tried at once then', async () => {
    let isDown = true;
    const world = testWorld({
      before: (what) => {
        if (isDown && what.startsWith('transcribe')) throw new PipelineError('retry', [say`It does not answer.`]);
      },
    });
    expect(await run(world)).toMatchObject({ calls: { waiting: 1 } });
    isDown = false;
    expect(await run(world)).toMatchObject({ calls: { done: 0, waiting: 1 } });
    expect([await deadCalls(world), await heldBack(world)]).toEqual([[], ['call-1']]);
    await replay(world, 'call-1');
    expect(await heldBack(world)).toEqual([]);
    expect(await run(world)).toMatchObject({ calls: { done: 1 } });
  });

  it('is told of as it stands then, and not as it was put aside before', async () => {
    let why = say`It cannot be decoded.`;
    const world = testWorld({
      before: (what) => {
        if (what.startsWith('transcribe')) throw new PipelineError('poison', [why]);
      },
    });
    await run(world);
    await replay(world, 'call-1');
    expect((await writeWaiting(world)).calls).toMatchObject([{ state: 'waiting', reason: 'It is to be worked on.' }]);
    await run(world);
    await replay(world, 'call-1');
    why = say`It is too long.`;
    await advance(world, 'call-1', SIGNAL, { ...NOTHING_SPENT });
    expect((await writeWaiting(world, ['call-1'])).calls).toMatchObject([{ state: 'dead', reason: 'It is too long.' }]);
  });

  it('has a recording fetched again that could not be had', async () => {
    let isBad = true;
    const world = testWorld({
      before: (what) => {
        if (isBad && what.startsWith('download')) throw new PipelineError('poison', [say`It has 44 bytes.`]);
      },
    });
    await run(world);
    isBad = false;
    world.clock.time += 100 * HOUR;
    await run(world);
    expect(await replay(world, 'call-1')).toBe('ingest');
    expect(await run(world)).toMatchObject({ calls: { done: 1 } });
  });
});

describe('erase', () => {
  it('refuses while the provider lists the recording, and says what to delete there', async () => {
    const world = testWorld({ has: [spoken('call-1', { raw: { file: 'march/jane.wav' } })] });
    await run(world);
    const before = await everything(world.stores.results);
    await expect(erase(world, 'call-1', SIGNAL)).rejects.toThrow(/Delete march\/jane\.wav there first/);
    expect(await everything(world.stores.results)).toEqual(before);
  });

  it('refuses where the provider cannot be asked', async () => {
    let isDown = false;
    const world = testWorld({
      before: () => {
        if (isDown) throw new PipelineError('retry', [say`It does not answer.`]);
      },
    });
    await run(world);
    isDown = true;
    await expect(erase(world, 'call-1', SIGNAL)).rejects.toThrow(/Nothing was erased/);
  });

  it('refuses while a recording is still being written that may be the one', async () => {
    const world = testWorld();
    await run(world);
    world.has.pop();
    world.provider = { ...world.provider, growing: () => 1 };
    await expect(erase(world, 'call-1', SIGNAL)).rejects.toThrow(/1 recording of .* is still being written/);
    world.provider = { ...world.provider, growing: () => 0 };
    expect(await erase(world, 'call-1', SIGNAL)).toContain('acme/audio/call-1.wav');
  });

  it('leaves nothing of the call, nor what would tell that it was there, and the next run does not bring it back', async () => {
    const has = [spoken('call-1', { group: 'the-group' }, ['the canary sings', 'i hear it']), spoken('call-10')];
    const world = testWorld({ has });
    await run(world);
    const { input, results } = world.stores;
    world.has.shift();
    const removed = await erase(world, 'call-1', SIGNAL);
    expect(removed).toContain('acme/audio/call-1.wav');
    world.clock.time += 25 * HOUR;
    await run(world);
    for (const store of [input, results])
      for (const [key, body] of await everything(store)) {
        expect(key).not.toMatch(/call-1[./]|groups/);
        expect(decodeText(body)).not.toMatch(/canary|"call-1"|the-group/);
      }
    expect(await statusOf(world)).toMatchObject({ seen: 1, done: 1, lost: 0 });
    expect(await erase(world, 'call-1', SIGNAL)).toEqual([]);
  });
});

it('says how all calls stand, and what was spent', async () => {
  let isDown = true;
  const world = testWorld({
    has: [...many(4), { ...spoken('short'), facts: { seconds: 0.1 } }],
    before: (what) => {
      if (isDown && what === 'evaluate call-2') throw new PipelineError('retry', [say`Too many requests.`]);
    },
  });
  await run(world);
  isDown = false;
  expect(await statusOf(world)).toMatchObject({
    ...{ seen: 5, done: 3, waiting: 1, dead: 1, lost: 0 },
    calls: [{ call: 'short' }, { call: 'call-2' }],
    spent: { day: { minutes: 8, tokens: 3000 }, month: { minutes: 8 } },
  });
});

it('says before a run what it would take and need, and takes nothing', async () => {
  const world = testWorld({ has: [spoken('a'), spoken('b', { ended: undefined })] });
  expect(await planOf(world, SIGNAL)).toMatchObject({ recordings: 2, withoutLength: 1, minutes: 4, open: 0 });
  expect((await everything(world.stores.results)).size + world.asked.length).toBe(0);
  await run(world);
  expect(await planOf(world, SIGNAL)).toMatchObject({ recordings: 0, minutes: 0, tokens: 0 });
});
