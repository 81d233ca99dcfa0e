import { expect, it } from 'vitest';
import {
  build,
  memoryWorld,
  objectsOf,
  pageJson,
  publishedCalls,
  putCall,
  putSheet,
  rule,
  SHEET,
} from '../fixtures/world.ts';
import { memoryStore } from '../store/memory.ts';
import { keepModified, type Listing, listCalls } from './listing.ts';

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
  const rows = objectsOf('org_1', { id: 'late', qa: [rule('Identity verified', { score: 90 })] });
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
  let now = 5;
  const results = memoryStore(() => now);
  await putCall(results, 'org_1', { id: 'c1' });
  const listed = await listCalls(results, 'org_1', false);
  const etag = listed.calls.get('c1')?.calls?.etag ?? '';
  const modifiedOf = (known: Parameters<typeof keepModified>[1]) => {
    const listing: Listing = { ...listed, calls: new Map([['c1', { calls: { etag, size: 1, modified: 9 } }]]) };
    keepModified(listing, known);
    return listing.calls.get('c1')?.calls?.modified;
  };
  now = 9;
  expect(listed.calls.get('c1')?.calls?.modified).toBe(5);
  expect(modifiedOf({ c1: { etags: { calls: etag }, modified: 5 } })).toBe(5);
  expect(modifiedOf({ c1: { etags: { calls: 'other' }, modified: 5 } })).toBe(9);
  expect(modifiedOf({ c1: { etags: { calls: etag } } })).toBe(9);
  expect(modifiedOf({})).toBe(9);
});
