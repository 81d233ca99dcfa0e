import { expect, it } from 'vitest';
import { decodeText } from '../../lib/bytes.ts';
import { memoryStore } from '../../store/memory.ts';
import type { Store } from '../../store/store.ts';
import { everything } from '../../store/testing/watched.ts';
import { erase } from '../again/erase.ts';
import { PipelineConfig } from '../config.ts';
import type { JsonObject } from '../ports.ts';
import { runOrganization } from '../run.ts';
import { testWorld } from '../testing/world.ts';
import { openEngines } from './open.ts';
import { bedrockDouble } from './testing/doubles/bedrock.ts';
import { comprehendDouble } from './testing/doubles/comprehend.ts';
import { wellAnswered } from './testing/doubles/model.ts';
import { doubleEnv } from './testing/doubles/server.ts';
import { transcribeDouble, wordsOnChannels } from './testing/doubles/transcribe.ts';
import { running } from './testing/sample.ts';

const SAID = ['thank you for calling acme', 'my parcel has never come'];

async function json(store: Store, key: string): Promise<JsonObject> {
  const object = await store.get(key);
  return JSON.parse(decodeText(object?.body ?? new Uint8Array())) as JsonObject;
}

it('brings a call by Transcribe, Comprehend and Bedrock to what the report reads, asks each once, and forgets it wholly', async () => {
  const stores = {
    input: { ...memoryStore(), url: 's3://input' },
    results: { ...memoryStore(), url: 's3://results' },
  };
  await using transcribe = await transcribeDouble(stores.results);
  await using comprehend = await comprehendDouble();
  await using bedrock = await bedrockDouble();
  transcribe.words = () => wordsOnChannels(SAID);
  bedrock.reply = (request) => ({
    answer: { ...wellAnswered(request), insights: { summary: 'Late.', mood: 'angry' } },
  });
  const named = { transcribe: 'amazon', sentiment: 'comprehend', evaluate: 'bedrock' };
  const settings = { ...named, amazon: { redact: true }, bedrock: { model: 'm' } };
  const config = PipelineConfig.parse({ engines: settings });
  const env = {
    ...doubleEnv('TRANSCRIBE', transcribe.url),
    ...doubleEnv('COMPREHEND', comprehend.url),
    ...doubleEnv('BEDROCK_RUNTIME', bedrock.url),
  };
  const engines = await openEngines({ org: 'acme', config, env, secret: async () => ({}), stores }, config);
  const world = { ...testWorld({ stores, config: { engines: settings } }), engines };

  expect(await runOrganization(world, running())).toMatchObject({ calls: { waiting: 1 } });
  // One thing fails on the way: nothing that was paid for is asked again.
  bedrock.faults.push({ status: 429, code: 'ThrottlingException' });
  for (let run = 0; run < 4; run++) {
    world.clock.time += 60 * 60_000;
    await runOrganization(world, running());
  }
  expect(await json(stores.results, 'acme/final/v2.0-flat/calls/call-1.jsonl')).toMatchObject({
    call_id: 'call-1',
    overall: 'positive',
    summary: 'Late.',
    overall_score: 40,
    grade: 'E',
  });
  expect(await json(stores.results, 'acme/enriched/call-1.json')).toMatchObject({
    transcript: [
      { speaker: 'agent', text: SAID[0] },
      { speaker: 'customer', text: SAID[1] },
    ],
    pipeline: { speaker_source: 'channel' },
  });
  const qa = decodeText((await stores.results.get('acme/final/v2.0-flat/qa/call-1.jsonl'))?.body ?? new Uint8Array());
  expect(
    qa
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toMatchObject([
    { rule_name: 'Greeting', pass: true, score: 100, weight: 1, evidence: 'thank you for calling' },
    {
      rule_name: 'Says goodbye',
      pass: false,
      score: 20,
      weight: 3,
      evidence: null,
      coach_note: 'Say it in the first sentence.',
    },
  ]);
  const v1 = await json(stores.results, 'acme/final/v1.0/call-1.json');
  expect((v1.pipeline as JsonObject).remarks).toEqual(['1 insight of the model’s answer had not been asked for.']);
  expect([transcribe.jobs.size, comprehend.requests.length, bedrock.asked.length]).toEqual([1, 1, 1]);

  world.has.length = 0;
  expect(await erase(world, 'call-1', running())).toContain('acme/raw/redacted-call-1.json');
  expect(transcribe.jobs.size).toBe(0);
  const left = [...(await everything(stores.input)), ...(await everything(stores.results))];
  expect(left.filter(([key, body]) => key.includes('call-1') || decodeText(body).includes('parcel'))).toEqual([]);
});
