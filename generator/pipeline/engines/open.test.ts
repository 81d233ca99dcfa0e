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
