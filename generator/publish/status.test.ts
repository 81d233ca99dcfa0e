import { describe, expect, it } from 'vitest';
import { decodeText } from '../lib/bytes.ts';
import { memoryStore } from '../store/memory.ts';
import { PreconditionFailed, type Store } from '../store/store.ts';
import { mergeStatus, type OrganizationStatus, readStatus, statusTime } from './status.ts';

const AT = '2026-04-02T08:00:00.000Z';
const of = (lines: { [org: string]: Partial<OrganizationStatus> }) =>
  new Map(Object.entries(lines).map(([org, line]) => [org, { lastRunAt: AT, ...line }]));
const both = async () => ({ createOnly: true, compareAndSwap: true });
const never = () => Promise.reject(new Error('it was not to be asked'));
const organizations = async (store: Store) => (await readStatus(store)).status.organizations;

/** A store that fails so many writes. */
function failing(error: Error, times: number, inner = memoryStore()) {
  const seen = { tries: 0, conditions: [] as unknown[] };
  const store: Store = {
    ...inner,
    put(key, body, options) {
      seen.conditions.push(options);
      return ++seen.tries <= times ? Promise.reject(error) : inner.put(key, body, options);
    },
  };
  return { store, seen, inner };
}

describe('the status of all organizations', () => {
  it('keeps the lines of the others, and of a run that failed what the one before it said', async () => {
    const store = memoryStore();
    expect(await readStatus(store)).toEqual({ status: { version: 1, organizations: {} } });
    await mergeStatus(store, of({ org_1: { calls: 7, generation: 1 }, org_2: { calls: 3, problem: 'old' } }), never);
    await mergeStatus(store, of({ org_1: { problem: 'no key' } }), never);
    await mergeStatus(store, of({ org_2: { calls: 4 } }), never);
    expect(await organizations(store)).toEqual({
      org_1: { lastRunAt: AT, calls: 7, generation: 1, problem: 'no key' },
      org_2: { lastRunAt: AT, calls: 4 },
    });
    expect(decodeText((await store.get('status.json'))?.body ?? expect.fail())).toMatch(/^\{"organizations":/);
  });

  it.each(['', '{', 'null', '{"version":2,"organizations":{"org_9":{}}}'])(
    'begins anew where nobody can read it: %j',
    async (body) => {
      const store = memoryStore();
      const etag = await store.put('status.json', body);
      expect(await readStatus(store)).toEqual({ status: { version: 1, organizations: {} }, etag });
      await mergeStatus(store, of({ org_1: {} }), never);
      expect(await organizations(store)).toEqual({ org_1: { lastRunAt: AT } });
    },
  );

  it('loses no line where several runs write at once', async () => {
    const store = memoryStore();
    const names = Array.from({ length: 8 }, (_, i) => `org_${i}`);
    await Promise.all(names.map((org) => mergeStatus(store, of({ [org]: {} }), never)));
    expect(Object.keys(await organizations(store)).sort()).toEqual(names);
  });
});

describe('a write of the status', () => {
  const refused = new PreconditionFailed('status.json');

  it('is tried twenty times where others are faster, each time over what is there', async () => {
    const { store, seen } = failing(refused, 19);
    await mergeStatus(store, of({ org_1: {} }), never);
    expect([seen.tries, seen.conditions.at(-1)]).toEqual([20, { ifNoneMatch: '*' }]);
    const { etag } = await readStatus(store);
    await mergeStatus(store, of({ org_1: {} }), never);
    expect(seen.conditions.at(-1)).toEqual({ ifMatch: etag });
  });

  it('fails after that where the store keeps the condition', async () => {
    const { store, seen } = failing(refused, 99);
    await expect(mergeStatus(store, of({ org_1: {} }), both)).rejects.toBe(refused);
    expect(seen.tries).toBe(20);
  });

  it.each([
    [undefined, { createOnly: false, compareAndSwap: true }, true],
    [undefined, { createOnly: true, compareAndSwap: false }, false],
    ['{}', { createOnly: true, compareAndSwap: false }, true],
    ['{}', { createOnly: false, compareAndSwap: true }, false],
  ])('over %j in a store that keeps %j goes without a condition: %s', async (before, keeps, anyhow) => {
    const inner = memoryStore();
    if (before !== undefined) await inner.put('status.json', before);
    const unknown = new Error('501 Not Implemented');
    const { store, seen } = failing(unknown, 1, inner);
    const written = mergeStatus(store, of({ org_1: {} }), async () => keeps);
    if (anyhow) await written;
    else await expect(written).rejects.toBe(unknown);
    expect([seen.tries, seen.conditions[1]]).toEqual([anyhow ? 2 : 1, undefined]);
    expect(Object.keys(await organizations(inner))).toEqual(anyhow ? ['org_1'] : []);
  });

  it('says what was wrong with the write, and not what was wrong with asking the store', async () => {
    const { store } = failing(new Error('no right to write'), 99);
    await expect(mergeStatus(store, of({ org_1: {} }), never)).rejects.toThrow('no right to write');
  });
});

it('was written when the store says so', async () => {
  let clock = 5;
  const store = memoryStore(() => clock);
  expect(await statusTime(store)).toBeUndefined();
  await store.put('status.json.bak', 'x');
  expect(await statusTime(store)).toBeUndefined();
  clock = 7;
  await mergeStatus(store, of({ org_1: {} }), never);
  expect(await statusTime(store)).toBe(7);
});
