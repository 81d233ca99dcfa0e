import { beforeAll, expect, it } from 'vitest';
import { CONFIG, csvOf, DEFAULT_ROW, everything, memoryWorld, objectsOf, published } from './fixtures/world.ts';
import { sha256 } from './lib/bytes.ts';
import { silentLog } from './lib/console.ts';
import { openPool, WORTH_THREADS } from './lib/pool.ts';
import { openRenderer, type Renderer } from './render/renderer.ts';
import { buildAll } from './run.ts';

const ORG = 'org_1';
/** More than are read and made without threads. */
const CALLS = WORTH_THREADS + 50;
const ROWS = 20;

let renderer: Renderer;
beforeAll(async () => {
  renderer = await openRenderer();
});

/** Calls of both forms, masked; of some an object is damaged, very long, or worth a remark. */
async function siteWith(threads: number | undefined) {
  const world = memoryWorld({ renderer, maskingKey: 'k'.repeat(32) });
  await world.config.put(`${ORG}/report-config.json`, JSON.stringify({ ...CONFIG, masking: true }));
  for (let i = 0; i < CALLS; i++) {
    const call = {
      start_timestamp: `2026-03-${String(1 + (i % 28)).padStart(2, '0')}T10:00:00Z`,
      overall_score: i % 100,
      duration_seconds: i % 17 === 0 ? 'long' : 60,
      from_number: `+44163296${String(i).padStart(4, '0')}`,
    };
    const text = `call me on 0163296${String(i).padStart(4, '0')}${' please'.repeat(i === 150 ? 40_000 : 1)}`;
    const turns = [{ speaker: 'customer', start_time: 1, end_time: 2, text }];
    for (const [key, body] of objectsOf(ORG, { id: `c${i}`, call, enriched: { transcript: turns } }))
      await world.results.put(`${ORG}/${key}`, i % 29 === 0 && key.includes('/qa/') ? body.slice(0, -9) : body);
  }
  const rows = Array.from({ length: ROWS }, (_, i) => ({ ...DEFAULT_ROW, call_id: `r${i}`, topic: `Topic ${i}` }));
  await world.results.put(`${ORG}/final/v2.0-flat/calls/rows.csv`, csvOf(Object.keys(rows[0] ?? {}), rows));
  await using pool = threads === undefined ? undefined : openPool(threads);
  const outcomes = await buildAll({ ...world, pool, logFor: () => silentLog }, undefined);
  expect(outcomes).toMatchObject([{ result: { calls: CALLS + ROWS, refused: Math.ceil(CALLS / 29) } }]);
  const objects = await everything(world.reports, `${ORG}/blobs/`);
  return {
    files: await published(world.reports, ORG),
    objects: new Map([...objects].map(([key, body]) => [key, sha256(body)])),
  };
}

it('a site and its state are the same bytes, read and made in one thread, in two, and in none beside the caller’s', async () => {
  const [none, one, two] = [await siteWith(undefined), await siteWith(1), await siteWith(2)];
  expect(one.files).toEqual(none.files);
  expect(one.objects).toEqual(none.objects);
  expect(two.objects).toEqual(none.objects);
});
