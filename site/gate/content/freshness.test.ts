import { expect, test } from 'vitest';
import { memoryStore } from '../../../generator/store/memory.ts';
import type { Store } from '../../../generator/store/store.ts';
import { openFreshness } from './freshness.ts';

const BY = Date.parse('2026-03-31T07:00:00Z');
const statusOf = (more: object) => JSON.stringify({ version: 1, organizations: {}, ...more });

/** A store that counts what it is asked. */
async function counting(status?: string) {
  const store = memoryStore();
  if (status !== undefined) await store.put('status.json', status);
  const asked: string[] = [];
  const get: Store['get'] = (key, options) => {
    asked.push(key);
    return store.get(key, options);
  };
  return { store, asked, counted: { ...store, get } };
}

test('reports are fresh up to the instant by which the next run was to end, and late from then on', async () => {
  const { counted } = await counting(statusOf({ expectedBy: new Date(BY).toISOString() }));
  let now = BY - 1000;
  const freshness = openFreshness(counted, { now: () => now });
  expect(await freshness()).toBe('fresh');
  now = BY;
  expect(await freshness()).toBe('fresh');
  now = BY + 1;
  expect(await freshness()).toBe('late');
});

test.each([
  ['there is no status', undefined],
  ['no run has said it', statusOf({})],
  ['the status is damaged', '{"version":'],
])('where %s, nothing is known', async (_, status) => {
  const { counted } = await counting(status);
  expect(await openFreshness(counted)()).toBe('unknown');
});

test('an organization of its own is late, where the store still has a folder of it', async () => {
  const [soon, later] = [new Date(BY).toISOString(), new Date(BY + 3_600_000).toISOString()];
  const organizations = { org_1: { expectedBy: later }, org_2: { expectedBy: soon } };
  const { store, counted } = await counting(statusOf({ expectedBy: later, organizations }));
  await store.put('org_1/pointer.json', '{}');
  let now = BY + 1;
  const freshness = openFreshness(counted, { now: () => now });
  expect(await freshness()).toBe('fresh');
  await store.put('org_2/pointer.json', '{}');
  now += 30_000;
  expect(await freshness()).toBe('late');
});

test('however many ask, the store is asked once in half a minute, and then what it has is believed', async () => {
  const { store, asked, counted } = await counting(statusOf({ expectedBy: new Date(BY).toISOString() }));
  let now = BY + 1000;
  const freshness = openFreshness(counted, { now: () => now });
  const answers = await Promise.all(Array.from({ length: 50 }, freshness));
  expect(new Set(answers)).toEqual(new Set(['late']));
  expect(asked).toEqual(['status.json']);
  await store.put('status.json', statusOf({ expectedBy: new Date(BY + 3_600_000).toISOString() }));
  now += 29_999;
  expect(await freshness()).toBe('late');
  now += 1;
  expect(await freshness()).toBe('fresh');
  expect(asked).toHaveLength(2);
});

test('a store that fails is asked no more often', async () => {
  let [now, asked] = [BY, 0];
  const failing: Store = {
    ...memoryStore(),
    get() {
      asked++;
      return Promise.reject(new Error('no such host'));
    },
  };
  const freshness = openFreshness(failing, { now: () => now });
  for (let i = 0; i < 3; i++) await expect(freshness()).rejects.toThrow('no such host');
  expect(asked).toBe(1);
  now += 30_000;
  await expect(freshness()).rejects.toThrow('no such host');
  expect(asked).toBe(2);
});
