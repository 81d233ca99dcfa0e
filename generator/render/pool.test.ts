import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { everything, memoryWorld, objectsOf, published } from '../fixtures/world.ts';
import { encodeText, sha256 } from '../lib/bytes.ts';
import { silentLog } from '../lib/console.ts';
import { openSpool, type Spool } from '../lib/spool.ts';
import { buildAll } from '../run.ts';
import type { CallBatch } from './call-pages.ts';
import { openPool } from './pool.ts';
import { openRenderer, type Renderer } from './renderer.ts';

const ORG = 'org_1';
/** More than are made without threads. */
const CALLS = 300;

let renderer: Renderer;
beforeAll(async () => {
  renderer = await openRenderer();
});

async function siteWith(threads: number | undefined) {
  const world = memoryWorld({ renderer });
  for (let i = 0; i < CALLS; i++) {
    const call = {
      start_timestamp: `2026-03-${String(1 + (i % 28)).padStart(2, '0')}T10:00:00Z`,
      overall_score: i % 100,
    };
    for (const [key, text] of objectsOf(ORG, { id: `c${i}`, call })) await world.results.put(`${ORG}/${key}`, text);
  }
  await using pool = threads === undefined ? undefined : openPool(threads);
  const outcomes = await buildAll({ ...world, pool, logFor: () => silentLog }, undefined);
  expect(outcomes).toMatchObject([{ result: { calls: CALLS } }]);
  const objects = await everything(world.reports, `${ORG}/blobs/`);
  return {
    files: await published(world.reports, ORG),
    objects: new Map([...objects].map(([key, body]) => [key, sha256(body)])),
  };
}

describe('a pool', () => {
  it('gives the same bytes in one thread, in two, and in none of its own', async () => {
    const [none, one, two] = [await siteWith(undefined), await siteWith(1), await siteWith(2)];
    expect(one.files).toEqual(none.files);
    expect(two.files).toEqual(none.files);
    expect(two.objects).toEqual(none.objects);
  });
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
    const [bad, good] = await Promise.allSettled([pool.make(await batch([null])), pool.make(await batch(GOOD))]);
    expect(bad.status).toBe('rejected');
    expect(good).toMatchObject({ status: 'fulfilled' });
  });
});
