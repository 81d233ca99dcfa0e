import { batchesOf } from './batches.ts';

/** Items one at a time and, where whoever has them reads many at once, in blocks too: each asked for by itself costs several promises. */
export interface Items<T> extends AsyncIterable<T> {
  /** The same items in the same order. */
  blocks?(): AsyncIterable<readonly T[]>;
}

/** Items of which many come at once. */
export const inBlocks = <T>(blocks: () => AsyncIterable<readonly T[]>): Items<T> => ({
  blocks,
  async *[Symbol.asyncIterator]() {
    for await (const block of blocks()) yield* block;
  },
});

/** Of those that come one at a time. */
const BLOCK = 1000;

/** Items in blocks, whoever has them. */
export const blocksOf = <T>(items: Items<T>): AsyncIterable<readonly T[]> =>
  items.blocks?.() ?? batchesOf(items, { most: BLOCK });
