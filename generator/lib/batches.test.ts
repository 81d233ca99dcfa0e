import { expect, it } from 'vitest';
import { batchesOf } from './batches.ts';

async function* each(items: readonly number[]) {
  yield* items;
}

it.each<[what: string, sizes: number[], batches: number[][]]>([
  ['small items come together', [1, 1, 1, 1, 1, 1, 1], [[1, 1, 1], [1, 1, 1], [1]]],
  ['a batch is full once its items weigh enough', [6, 6, 1], [[6, 6], [1]]],
  ['a very large item ends its batch', [1, 99, 1], [[1, 99], [1]]],
  ['nothing is no batch', [], []],
])('%s', async (_what, sizes, batches) => {
  const found: number[][] = [];
  for await (const batch of batchesOf(each(sizes), { most: 3, bytes: 10, bytesOf: (size) => size })) found.push(batch);
  expect(found).toEqual(batches);
});
