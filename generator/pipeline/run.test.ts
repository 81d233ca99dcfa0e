import { describe, expect, it } from 'vitest';
import { decodeText } from '../lib/bytes.ts';
import { say } from '../lib/printable.ts';
import { memoryStore } from '../store/memory.ts';
import type { Store } from '../store/store.ts';
import { everything, watched } from '../store/testing/watched.ts';
import { PipelineError } from './errors.ts';
import { runOrganization } from './run.ts';
import { finishedId, withFinished } from './testing/finished.ts';
import { START, spoken, type TestWorld, testWorld } from './testing/world.ts';

const SIGNAL = new AbortController().signal;
const run = (world: TestWorld) => runOrganization(world, SIGNAL);
const HOUR = 60 * 60_000;

async function json(store: Store, key: string): Promise<Record<string, unknown>> {
  const object = await store.get(key);
  return JSON.parse(decodeText(object?.body ?? new Uint8Array()));
}

describe('a run', () => {
  it('brings a recording to what the report reads', async () => {
    const world = testWorld();
    const { ingest, calls, paid, notDone } = await run(world);
    expect({ ingest, calls, notDone }).toMatchObject({
      ingest: { listed: 1, taken: 1, failed: 0 },
      calls: { seen: 1, done: 1, waiting: 0, dead: 0 },
      notDone: [],
    });
    expect(paid).toEqual({ calls: 3, minutes: 2, tokens: 1000, units: 3 });
    const { results, input } = world.stores;
    expect([...(await everything(input)).keys()]).toEqual(['acme/audio/call-1.wav', 'acme/meta/call-1.json']);
    expect([...(await everything(results)).keys()].map((key) => key.replace(/-[0-9a-f]{24}/, '-HASH'))).toEqual([
      'acme/enriched/call-1.json',
      'acme/final/v1.0/call-1.json',
      'acme/final/v2.0-flat/calls/call-1.jsonl',
      'acme/final/v2.0-flat/qa/call-1.jsonl',
      'acme/pipeline/answers/call-1/analyse-HASH.json',
      'acme/pipeline/answers/call-1/enrich-HASH.json',
      'acme/pipeline/answers/call-1/transcribe-HASH.json',
      'acme/pipeline/calls/call-1.json',
      'acme/pipeline/ingest.json',
      'acme/pipeline/spent/2026-04-02.json',
      'acme/pipeline/waiting.json',
      'acme/raw/call-1.json',
    ]);
    expect(await json(results, 'acme/enriched/call-1.json')).toEqual({
      tenant_id: 'acme',
      call_id: 'call-1',
      language: 'en-GB',
      transcript: [
        { speaker: 'agent', start_time: 0, end_time: 1.45, text: 'thank you for calling about call-1' },
        { speaker: 'customer', start_time: 10, end_time: 11.2, text: 'my parcel has not come' },
        { speaker: 'agent', start_time: 20, end_time: 21.2, text: 'i will look into it' },
      ],
      analysis_features: { utterance_count: 3, word_count: 16 },
      pipeline: { speaker_source: 'channel', language: 'en-GB' },
    });
    expect(await json(results, 'acme/final/v2.0-flat/calls/call-1.jsonl')).toEqual({
      tenant_id: 'acme',
      call_id: 'call-1',
      language: 'en-GB',
      direction: 'inbound',
      from_number: '+441632960001',
      to_number: 'ann@agents.example',
      start_timestamp: '2026-04-02T07:00:00Z',
      end_timestamp: '2026-04-02T07:02:00Z',
      duration_seconds: 120,
      audio_uri: 's3://input/acme/audio/call-1.wav',
      transcript_uri: 's3://results/acme/enriched/call-1.json',
      metadata_uri: 's3://input/acme/meta/call-1.json',
      processing_timestamp: new Date(START).toISOString(),
      overall: 'positive',
      positive: 0.8,
      neutral: 0.1,
      negative: 0.1,
      confidence: 0.8,
      summary: 'mood 0',
      topic: 'parcels',
      overall_score: 25,
      grade: 'E',
    });
    const qa = decodeText((await results.get('acme/final/v2.0-flat/qa/call-1.jsonl'))?.body ?? new Uint8Array());
    expect(
      qa
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toMatchObject([
      { rule_name: 'Greeting', weight: 1, pass: true, score: 100, evidence: 'thank you for calling about call-1' },
      {
        rule_name: 'Says goodbye',
        weight: 3,
        pass: false,
        score: 0,
        evidence: null,
        coach_note: 'Not met: Says goodbye',
      },
    ]);
    expect(await json(results, 'acme/final/v1.0/call-1.json')).toMatchObject({
      raw: { metadata: { queue: 'parcels' } },
      pipeline: { remarks: ['a quote that nobody said was left out: Says goodbye'] },
    });
  });

  it('does nothing for what is done but say when it looked', async () => {
    const world = testWorld({ has: Array.from({ length: 30 }, (_, i) => spoken(`call-${i}`)) });
    await run(world);
    const { store, calls } = watched(world.stores.results);
    const idle = { ...world, stores: { ...world.stores, results: store }, asked: world.asked.splice(0) && world.asked };
    world.clock.time += HOUR;
    const { calls: counts, paid } = await run(idle);
    expect(counts).toEqual({ seen: 0, done: 0, waiting: 0, dead: 0 });
    expect(paid.calls + world.asked.length).toBe(0);
    expect(calls.written).toEqual(['acme/pipeline/ingest.json']);
  });

  it('pays for nothing and writes nothing but when it looked over 10,000 finished calls, all of which are listed', async () => {
    const [input, results] = [watched(memoryStore()), watched(memoryStore())];
    const world = testWorld({
      stores: {
        input: withFinished(input.store, 'input', 10_000),
        results: withFinished(results.store, 'results', 10_000),
      },
    });
    world.provider = {
      ...world.provider,
      async *list() {
        for (let i = 0; i < 10_000; i++) yield spoken(finishedId(i)).recording;
      },
    };
    await run(world);
    results.calls.written.length = 0;
    expect(await run(world)).toMatchObject({
      ingest: { listed: 10_000, taken: 0 },
      calls: { seen: 0 },
      paid: { calls: 0 },
    });
    expect([...input.calls.written, ...results.calls.written]).toEqual(['acme/pipeline/ingest.json']);
    expect(world.asked).toEqual([]);
  });

  it('has a call wait where an engine cannot be reached, and goes on later where it stood', async () => {
    let isDown = true;
    const world = testWorld({
      before: (what) => {
        if (isDown && what.startsWith('evaluate'))
          throw new PipelineError('retry', [say`The model cannot be reached.`]);
      },
    });
    expect(await run(world)).toMatchObject({
      calls: { seen: 1, done: 0, waiting: 1 },
      notDone: [{ call: 'call-1', stage: 'analyse', state: 'waiting', reason: 'The model cannot be reached.' }],
    });
    isDown = false;
    expect((await run(world)).calls).toEqual({ seen: 1, done: 0, waiting: 1, dead: 0 });
    world.clock.time += HOUR;
    expect(await run(world)).toMatchObject({ calls: { done: 1 }, notDone: [] });
    expect(world.asked).toEqual(['transcribe call-1', 'score call-1', 'evaluate call-1']);
  });

  it('puts aside what can never go well, with its reason, and does the others', async () => {
    const has = [
      spoken('short', {}, ['hm']),
      { ...spoken('long'), facts: { seconds: 5 * 3600 } },
      spoken('good'),
      { ...spoken('silent'), facts: { silent: true } },
    ];
    if (has[0]) has[0].facts = { seconds: 0.2 };
    const world = testWorld({ has });
    const { calls, notDone } = await run(world);
    expect(calls).toEqual({ seen: 4, done: 2, waiting: 0, dead: 2 });
    expect(notDone.map(({ call, state, reason }) => `${call} ${state}: ${reason}`).sort()).toEqual([
      'long dead: The recording lasts 300 minutes; longestMinutes in pipeline-config.json is 240.',
      'short dead: The recording lasts 0.2 seconds; shortestSeconds in pipeline-config.json is 1.',
    ]);
    expect(world.asked.filter((what) => what.startsWith('transcribe'))).toEqual(['transcribe good']);
    const { results } = world.stores;
    expect(await json(results, 'acme/enriched/silent.json')).toMatchObject({
      pipeline: { not_evaluated: 'Nothing was said on this call.' },
    });
    const silent = await json(results, 'acme/final/v2.0-flat/calls/silent.jsonl');
    expect(silent).toMatchObject({ overall: 'neutral', confidence: 0 });
    expect(Object.keys(silent)).not.toContain('overall_score');
    expect(decodeText((await results.get('acme/final/v2.0-flat/qa/silent.jsonl'))?.body ?? new Uint8Array())).toBe(
      '\n',
    );
  });

  it.each([
    ['is lost', undefined],
    ['cannot be read', '{'],
  ])('takes no call for a silent one whose transcript %s', async (_, damaged) => {
    let isDown = true;
    const world = testWorld({
      before: (what) => {
        if (isDown && what.startsWith('score')) throw new PipelineError('retry', [say`Later.`]);
      },
    });
    await run(world);
    isDown = false;
    world.clock.time += HOUR;
    const { results } = world.stores;
    const [answer = ''] = [...(await everything(results)).keys()].filter((key) => key.includes('/transcribe-'));
    await (damaged === undefined ? results.remove(answer) : results.put(answer, damaged));
    expect(await run(world)).toMatchObject({
      calls: { seen: 1, dead: 1 },
      notDone: [{ stage: 'enrich', reason: expect.stringContaining('Replay the call from the stage transcribe.') }],
    });
    expect(await results.get('acme/enriched/call-1.json')).toBeUndefined();
  });

  it('takes the measured length where the provider gives no times', async () => {
    const has = [{ ...spoken('call-1', { ended: undefined }), facts: { seconds: 77.5 } }];
    const world = testWorld({ has });
    await run(world);
    const line = await json(world.stores.results, 'acme/final/v2.0-flat/calls/call-1.jsonl');
    expect(line).toMatchObject({ duration_seconds: 77.5, end_timestamp: null });
  });

  it('stops at a setting that is wrong, and loses nothing', async () => {
    let isWrong = true;
    const world = testWorld({
      has: [spoken('a'), spoken('b')],
      before: (what) => {
        if (isWrong && what.startsWith('transcribe'))
          throw new PipelineError('configuration', [say`There is no such model.`]);
      },
    });
    expect(await run(world)).toMatchObject({
      stopped: ['There is no such model.'],
      calls: { seen: 2, waiting: 2 },
      notDone: [{ call: 'a' }, { call: 'b' }],
    });
    isWrong = false;
    expect((await run(world)).calls).toMatchObject({ done: 2 });
  });

  it('asks for a transcription that takes its time, and pays for it once', async () => {
    const world = testWorld({ isSlow: true });
    expect(await run(world)).toMatchObject({ notDone: [{ stage: 'transcribe', reason: 'It is being transcribed.' }] });
    expect(await run(world)).toMatchObject({ calls: { done: 1 }, notDone: [] });
    expect(world.asked.filter((what) => what.startsWith('transcribe'))).toHaveLength(1);
  });
});
