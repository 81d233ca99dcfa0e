import { expect, it } from 'vitest';
import { objectsOf } from '../days/compare.ts';
import { listed } from '../fixtures/listed.ts';
import {
  build,
  memoryWorld,
  objectsOf as objectsIn,
  pageJson,
  publishedCalls,
  putCall,
  putSheet,
  rule,
  SHEET,
} from '../fixtures/world.ts';
import { memoryStore } from '../store/memory.ts';

const DAY = 86_400_000;
const RECEIVED = Date.parse('2026-03-30T12:00:00Z');

it('believes a start up to a day after the store received the object, and goes on so while the object is the same', async () => {
  let now = RECEIVED - 2 * DAY;
  const world = memoryWorld({ results: memoryStore(() => now) });
  await putCall(world.results, 'org_1', { id: 'early' });
  now = RECEIVED;
  await putCall(world.results, 'org_1', { id: 'right', call: { start_timestamp: '2026-03-31T12:00:00Z' } });
  await putCall(world.results, 'org_1', { id: 'late', call: { start_timestamp: '2026-03-31T12:00:01Z' } });
  await build(world, 'org_1');
  const days = async () =>
    Object.fromEntries(
      (await Promise.all(['undated', '2026-03-31'].map((day) => publishedCalls(world.reports, 'org_1', day))))
        .flat()
        .map(({ id, day }) => [id, day]),
    );
  expect(await days()).toEqual({ early: null, right: '2026-03-31', late: null });

  // Its rows come again months later; what they are of is as old as it was.
  now = RECEIVED + 100 * DAY;
  const rows = objectsIn('org_1', { id: 'late', qa: [rule('Identity verified', { score: 90 })] });
  await world.results.put('org_1/final/v2.0-flat/qa/late.jsonl', rows.get('final/v2.0-flat/qa/late.jsonl') ?? '');
  await build(world, 'org_1');
  expect(await days()).toEqual({ early: null, right: '2026-03-31', late: null });
});

it('judges a row by its sheet', async () => {
  const world = memoryWorld({ results: memoryStore(() => RECEIVED) });
  const of = (id: string, started_at: string) => ({ call_id: id, started_at, ended_at: '', processing_timestamp: '' });
  await putSheet(world.results, 'org_1', [of('a', '2026-03-31'), of('b', '2026-04-01')], SHEET);
  await build(world, 'org_1');
  expect((await publishedCalls(world.reports, 'org_1', '2026-03-31')).map(({ id }) => id)).toEqual(['a']);
  const { totals } = await pageJson<{ totals: object }>(world.reports, 'org_1', '/data/overview.json');
  expect(totals).toMatchObject({ calls: 2, undated: 1 });
});

it('keeps the time that the state knows of the same bytes, and takes that of others', async () => {
  const results = memoryStore(() => 9);
  await putCall(results, 'org_1', { id: 'c1' });
  const own = (await listed(results, 'org_1', false)).calls.get('c1');
  const etag = own?.calls?.etag ?? '';
  const modifiedOf = (known: Parameters<typeof objectsOf>[2]) => objectsOf(own, undefined, known)?.calls?.modified;
  expect(own?.calls?.modified).toBe(9);
  expect(modifiedOf({ etags: { calls: etag }, modified: 5 })).toBe(5);
  expect(modifiedOf({ etags: { calls: 'other' }, modified: 5 })).toBe(9);
  expect(modifiedOf({ etags: { calls: etag } })).toBe(9);
  expect(modifiedOf(undefined)).toBe(9);
});
