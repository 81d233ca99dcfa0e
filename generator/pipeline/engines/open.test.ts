import { expect, test } from 'vitest';
import { memoryStore } from '../../store/memory.ts';
import { PipelineConfig } from '../config.ts';
import { openEngines } from './open.ts';

test('without a configuration everything works on this machine, and costs nothing', async () => {
  const config = PipelineConfig.parse({});
  const stores = { input: memoryStore(), results: memoryStore() };
  const secret = () => Promise.reject(new Error('nothing here has a secret'));
  const { transcriber, sentiment, evaluator } = await openEngines(
    { org: 'acme', config, env: {}, secret, stores },
    config,
  );
  expect([transcriber.name, sentiment.name, evaluator.name]).toEqual(['sidecar', 'lexicon', 'phrases']);
});

test('engines elsewhere are opened by name, and say what setting they miss', async () => {
  const opened = (engines: object) => {
    const config = PipelineConfig.parse({ engines });
    const stores = {
      input: { ...memoryStore(), url: 's3://input' },
      results: { ...memoryStore(), url: 's3://results' },
    };
    const env = { AWS_REGION: 'eu-central-1' };
    return openEngines({ org: 'acme', config, env, secret: async () => ({}), stores }, config);
  };
  const aws = { transcribe: 'amazon', sentiment: 'comprehend', evaluate: 'bedrock', bedrock: { model: 'm' } };
  const own = {
    openaiSpeech: { url: 'http://127.0.0.1:8081' },
    openaiChat: { url: 'http://127.0.0.1:8082', model: 'm' },
  };
  const names = async (engines: object) => Object.values(await opened(engines)).map(({ name }) => name);
  expect(await names(aws)).toEqual(['amazon-transcribe', 'comprehend', 'bedrock']);
  expect(await names({ ...own, transcribe: 'openai', evaluate: 'openai' })).toEqual([
    'openai-speech',
    'lexicon',
    'openai-chat',
  ]);
  await expect(opened({ ...aws, bedrock: undefined })).rejects.toThrow(/engines\.bedrock\.model/);
  await expect(opened({ transcribe: 'openai' })).rejects.toThrow(/engines\.openaiSpeech/);
  await expect(opened({ evaluate: 'openai' })).rejects.toThrow(/engines\.openaiChat/);
});
