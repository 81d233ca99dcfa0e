import { expect, it } from 'vitest';
import { blocksOf, inBlocks } from './blocks.ts';
import { inSteps } from './command-line/steps.ts';

const numbers = () =>
  inBlocks(async function* () {
    yield [1, 2];
    yield [3];
  });

async function* oneByOne(count: number) {
  for (let i = 0; i < count; i++) yield i;
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

it('gives items one at a time or in the blocks that they come in', async () => {
  expect(await all(numbers())).toEqual([1, 2, 3]);
  expect(await all(blocksOf(numbers()))).toEqual([[1, 2], [3]]);
});

it('gathers blocks of what comes one at a time, all of it', async () => {
  const blocks = await all(blocksOf(oneByOne(2500)));
  expect(blocks.map(({ length }) => length)).toEqual([1000, 1000, 500]);
  expect(blocks.flat()).toEqual(await all(oneByOne(2500)));
  expect(await all(blocksOf(oneByOne(0)))).toEqual([]);
});

it('takes a step for each item, or for each block, and stops where one refuses', async () => {
  let left = 2;
  const few = inSteps(numbers(), (next) => (left-- > 0 ? next() : Promise.reject(new Error('it is over'))));
  await expect(all(few)).rejects.toThrow('it is over');
  left = 3;
  expect(await all(blocksOf(few))).toEqual([[1, 2], [3]]);
  left = 1;
  await expect(all(blocksOf(few))).rejects.toThrow('it is over');
});
