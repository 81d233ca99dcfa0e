import { blocksOf, type Items, inBlocks } from '../lib/blocks.ts';
import type { KeyRange, ListedObject, Store } from './store.ts';

/** Ranges read ahead at once; all of their objects are held. */
const AHEAD = 8;

/** Two to four pages of S3's 1,000 keys: most pages are full, and no range is long to wait for. */
export const KEYS_IN_RANGE = 3_500;

/**
 * A listing in order, read in several ranges at once: a page of 1,000 takes S3 longer to answer than us to ask.
 * @param cuts ascending keys between the ranges; none need exist.
 */
export function listInRanges(store: Store, prefix: string, cuts: readonly string[]): Items<ListedObject> {
  const inside = cuts.filter((cut) => cut.startsWith(prefix));
  const { listRange } = store;
  return listRange && inside.length > 0
    ? inBlocks(() => manyRanges((range) => listRange.call(store, prefix, range), inside))
    : store.list(prefix);
}

async function* manyRanges(
  list: (range: KeyRange) => Items<ListedObject>,
  inside: readonly string[],
): AsyncGenerator<readonly ListedObject[]> {
  const ranges: KeyRange[] = [...inside, undefined].map((upTo, i) => ({ after: inside[i - 1], upTo }));
  const under: Promise<ListedObject[]>[] = [];
  const start = (range: KeyRange | undefined) => {
    if (!range) return;
    const read = collect(list(range));
    // Its failure is thrown when its turn comes; till then it is no unhandled one.
    read.catch(() => {});
    under.push(read);
  };
  for (const range of ranges.slice(0, AHEAD)) start(range);
  for (let next = AHEAD; under.length > 0; next++) {
    const objects = (await under.shift()) ?? [];
    start(ranges[next]);
    yield objects;
  }
}

/** All of them, held at once. */
export async function collect<T>(items: Items<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const block of blocksOf(items)) for (const item of block) all.push(item);
  return all;
}
