import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeText } from '../lib/bytes.ts';
import { openPool } from '../lib/pool.ts';
import { openSpool, type Spool } from '../lib/spool.ts';
import type { CallBatch } from './call-pages.ts';
import { openPageMaker } from './page-maker.ts';
import { openRenderer, type Renderer } from './renderer.ts';

let renderer: Renderer;
beforeAll(async () => {
  renderer = await openRenderer();
});

describe('a batch that fails', () => {
  let spool: Spool;
  beforeAll(async () => {
    spool = await openSpool();
  });
  afterAll(() => spool[Symbol.asyncDispose]());

  const put = (value: unknown) => spool.put(encodeText(JSON.stringify(value)));
  const frame = {
    config: { agents: {}, customerRules: [] },
    site: {
      mark: '3fa9c01b',
      name: 'Parcels Ltd',
      locale: 'en-GB',
      timeZone: 'UTC',
      passMark: 70,
      minimumN: 5,
      hasQa: true,
      hasSentiment: true,
    },
    attention: { passMark: 70, critical: new Set<string>(), names: new Map<string, string>() },
  } as unknown as CallBatch['frame'];
  const call = {
    id: 'c1',
    day: null,
    direction: 'unknown',
    agent: null,
    qa: 'not evaluated',
    rules: [],
    insights: [],
    metadata: [],
  };
  const batch = async (turns: unknown): Promise<CallBatch> => ({
    version: renderer.version,
    fd: spool.fd,
    frame,
    jobs: [{ line: await put({ ...call, transcript: 'present' }), turns: await put(turns) }],
  });
  const GOOD = [{ speaker: 'agent', text: 'hello' }];

  it('stops no other one', async () => {
    await using pool = openPool(1);
    const maker = openPageMaker(renderer, pool);
    const [bad, good] = await Promise.allSettled([maker.make(await batch([null])), maker.make(await batch(GOOD))]);
    expect(bad.status).toBe('rejected');
    expect(good).toMatchObject({ status: 'fulfilled' });
  });
});
