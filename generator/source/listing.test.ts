import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Listed, listed } from '../fixtures/listed.ts';
import { memoryStore } from '../store/memory.ts';
import { s3Store } from '../store/s3.ts';
import { type S3Double, s3Double } from '../store/testing/s3-double.ts';
import { compareIds } from './call-order.ts';
import type { KnownRange } from './listing.ts';

const credentials = { accessKeyId: 'key', secretAccessKey: 'secret' };
/** Ids of any shape, spread over all that a key can begin with. */
const SHAPES = ['', 'a', 'A-', '0', 'é', 'ﬀ', '💣', '~'];
const idOf = (i: number) => `${SHAPES[i % SHAPES.length]}${i.toString(36)}${SHAPES[(i >> 3) % SHAPES.length]}`;

let double: S3Double;
beforeEach(async () => {
  double = await s3Double({ pageSize: 400 });
});
afterEach(() => double[Symbol.asyncDispose]());

const store = () => s3Store(double.url(), { credentials });
const keysOf = (id: string) =>
  [`enriched/${id}.json`, `final/v2.0-flat/calls/${id}.jsonl`, `final/v2.0-flat/qa/${id}.jsonl`].map(
    (key) => `org_1/${key}`,
  );
const putCalls = (ids: readonly string[], body = 'x') => {
  for (const id of ids) for (const key of keysOf(id)) double.bucket.put(key, `${body} ${key}`);
};
const ids = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => idOf(from + i));
const known = (of: readonly string[]): KnownRange[] => {
  const sorted = of.toSorted(compareIds);
  return sorted.flatMap((from, i) => (i % 500 === 0 ? { from, calls: Math.min(500, of.length - i) } : []));
};
const plain = () => listed({ ...store(), listRange: undefined }, 'org_1', false);
const inRanges = (last: readonly string[]) => listed(store(), 'org_1', false, known(last));
const cut = () => double.log.filter(({ query }) => query.has('start-after'));

describe('a listing read in ranges', () => {
  it('holds what a plain one holds, in the same order, whatever has come and gone since the last run', async () => {
    putCalls(ids(2_000, 6_000));
    for (const name of ['calls/notes.txt', 'calls/\u0001odd', 'qa/💣.txt', 'qa/ﬀ.txt'])
      double.bucket.put(`org_1/final/v2.0-flat/${name}`, 'x');
    double.bucket.put('org_12/enriched/z.json', 'x');
    const whole = await plain();
    expect(cut()).toEqual([]);
    for (const last of [ids(0, 5_000), ids(0, 2_000), ids(2_000, 6_000).toReversed(), ids(5_990, 30_000)]) {
      double.log.length = 0;
      const listing = await inRanges(last);
      expect(cut().length).toBeGreaterThan(0);
      expect([...listing.calls]).toEqual([...whole.calls]);
      expect(listing).toEqual(whole);
    }
    expect(whole.ignored.map((key) => key.split('/').at(-1))).toEqual(['\u0001odd', 'notes.txt', 'ﬀ.txt', '💣.txt']);
  });

  it('keeps what stays while others change calls between two pages', async () => {
    const [staying, going, changing, coming] = [ids(0, 3_600), ids(3_600, 3_800), ids(3_800, 4_000), ids(4_000, 4_200)];
    const read = async (list: () => Promise<Listed>) => {
      putCalls([...staying, ...going, ...changing]);
      for (const key of coming.flatMap(keysOf)) double.bucket.remove(key);
      for (let i = 0; i < 20; i++) {
        const change: NonNullable<(typeof double.faults)[0]['change']> = (bucket) => {
          for (const key of going.slice(i * 10, i * 10 + 10).flatMap(keysOf)) bucket.remove(key);
          putCalls(changing.slice(i * 10, i * 10 + 10), 'again');
          putCalls(coming.slice(i * 10, i * 10 + 10));
        };
        double.faults.push({ change, when: ({ query }) => query.has('continuation-token') });
      }
      const listing = await list();
      expect(double.faults).toEqual([]);
      return listing;
    };
    const listings = [await read(plain), await read(() => inRanges([...staying, ...going, ...changing]))];
    for (const { calls } of listings) {
      for (const id of [...staying, ...changing]) {
        const parts = keysOf(id).map((key) => calls.get(id)?.[partOf(key)]?.etag);
        const now = keysOf(id).map((key) => double.bucket.objects.get(key)?.etag);
        if (staying.includes(id)) expect(parts).toEqual(now);
        // Listed before the change or after it, but listed.
        else expect(parts).not.toContain(undefined);
      }
    }
  });

  it('is not cut where few calls are known', async () => {
    putCalls(ids(0, 100));
    expect((await inRanges(ids(0, 1_000))).calls.size).toBe(100);
    expect(double.log).toHaveLength(2);
  });
});

it('lists a store that cannot begin anywhere as ever', async () => {
  const memory = memoryStore();
  for (const key of keysOf('a')) await memory.put(key, 'x');
  const listing = await listed(memory, 'org_1', false, known(ids(0, 5_000)));
  expect([...listing.calls.keys()]).toEqual(['a']);
});

const partOf = (key: string) => (key.includes('/calls/') ? 'calls' : key.includes('/qa/') ? 'qa' : 'enriched');
