import { beforeEach, expect, it, vi } from 'vitest';
import { say } from '../../lib/printable.ts';
import type { QueueKind } from '../aws/names.ts';
import { PipelineError } from '../errors.ts';
import { ingest } from '../ingest.ts';
import { callsKey, enrichedKey, openKey, rawKey } from '../keys.ts';
import { spoken, type TestWorld, testWorld, type WorldOptions } from '../testing/world.ts';
import { idsBelow } from '../waiting.ts';
import type { NamedCall } from './events.ts';
import { stageHandler } from './stage-handler.ts';
import { wake } from './wake.ts';

const { signal } = new AbortController();
const context = { getRemainingTimeInMillis: () => 60_000 };
const batch = (...bodies: string[]) => ({ Records: bodies.map((body, at) => ({ messageId: `m${at}`, body })) });
const told = (call: string, org = 'acme') => JSON.stringify({ org, call });
const created = (key: string) => JSON.stringify({ detail: { object: { key } } });

/** What the functions say. */
const said: string[] = [];
beforeEach(() => {
  said.length = 0;
  vi.spyOn(process.stderr, 'write').mockImplementation((line) => said.push(String(line)) > 0);
});

/** The three functions of a queue over a world in memory; their lines are kept. */
function functions(options: WorldOptions = {}) {
  const world = testWorld(options);
  const open = vi.fn(async () => world);
  return {
    world,
    open,
    jobInit: stageHandler(
      'transcribe',
      ({ stage, job }) => !job && (stage === 'ingest' || stage === 'transcribe'),
      open,
    ),
    resultHandler: stageHandler('enrich', ({ stage, job }) => stage === 'enrich' || job !== undefined, open),
    analyser: stageHandler('analyse', ({ stage }) => stage === 'analyse', open),
  };
}

async function woken(world: TestWorld): Promise<{ [queue in QueueKind]: string[] }> {
  const sent: { [queue in QueueKind]: string[] } = { transcribe: [], enrich: [], analyse: [] };
  await wake(world, async (queue, calls) => void sent[queue].push(...calls.map(({ call }: NamedCall) => call)));
  return sent;
}

const has = async ({ stores }: TestWorld, key: string) => (await stores.results.get(key)) !== undefined;

it('brings a call from its sound to what the report reads, one function after the other', async () => {
  const { world, jobInit, resultHandler, analyser } = functions({ isSlow: true });
  await ingest(world, signal);
  const none = { batchItemFailures: [] };
  expect(await jobInit(batch(created('acme/audio/call-1.wav')), context)).toEqual(none);
  expect(world.asked).toEqual(['transcribe call-1']);
  expect(await woken(world)).toEqual({ transcribe: [], enrich: ['call-1'], analyse: [] });
  expect(await resultHandler(batch(created('acme/raw/call-1.json')), context)).toEqual(none);
  expect(await has(world, enrichedKey('acme', 'call-1'))).toBe(true);
  expect(await has(world, callsKey('acme', 'call-1'))).toBe(false);
  expect(await analyser(batch(created('acme/enriched/call-1.json')), context)).toEqual(none);
  expect(await has(world, callsKey('acme', 'call-1'))).toBe(true);
  expect(world.asked).toEqual(['transcribe call-1', 'score call-1', 'evaluate call-1']);
  expect(await idsBelow(world.stores.results, openKey('acme', ''))).toEqual([]);
});

it('pays once whatever comes twice, too early or too late', async () => {
  const { world, jobInit, resultHandler, analyser } = functions();
  await ingest(world, signal);
  const message = batch(told('call-1'), told('call-1'));
  for (const each of [
    analyser,
    resultHandler,
    jobInit,
    jobInit,
    analyser,
    resultHandler,
    resultHandler,
    analyser,
    analyser,
  ])
    await each(message, context);
  expect(world.asked).toEqual(['transcribe call-1', 'score call-1', 'evaluate call-1']);
});

it('wakes each call in the queue of what it waits for, and none that is done', async () => {
  const ids = ['a', 'b', 'c', 'd'];
  const { world, jobInit, resultHandler, analyser } = functions({ has: ids.map((id) => spoken(id)) });
  await ingest(world, signal);
  await jobInit(batch(...ids.slice(1).map((id) => told(id))), context);
  await resultHandler(batch(told('c'), told('d')), context);
  await analyser(batch(told('d')), context);
  expect(await woken(world)).toEqual({ transcribe: ['a'], enrich: ['b'], analyse: ['c'] });
});

it('gives single messages back, and works on the others', async () => {
  const options = { has: ['a', 'b'].map((id) => spoken(id)) };
  const { world, jobInit } = functions(options);
  await ingest(world, signal);
  const { batchItemFailures } = await jobInit(batch('?', told('a'), told('nobody'), told('b')), context);
  expect(batchItemFailures).toEqual([{ itemIdentifier: 'm0' }]);
  for (const id of ['a', 'b']) expect(await has(world, rawKey('acme', id))).toBe(true);
});

it('gives back what it has no time for', async () => {
  const { world, jobInit } = functions();
  await ingest(world, signal);
  const late = { getRemainingTimeInMillis: () => 0 };
  expect(await jobInit(batch(told('call-1')), late)).toEqual({ batchItemFailures: [{ itemIdentifier: 'm0' }] });
  expect(world.asked).toEqual([]);
});

it('leaves a call to the next look where a setting is wrong, and says which', async () => {
  const broken = async () => {
    throw new PipelineError('configuration', [say`pipeline-config.json is wrong.`]);
  };
  const handler = stageHandler('transcribe', () => true, broken);
  expect(await handler(batch(told('call-1')), context)).toEqual({ batchItemFailures: [] });
  const lines = said.join('');
  expect(lines).toContain('acme: stopped: pipeline-config.json is wrong.');
  expect(lines).not.toContain('call-1');
});
