import { expect, it } from 'vitest';
import { memoryStore } from './memory.ts';
import { collect } from './ranges.ts';
import { untilOver } from './until-over.ts';

it('a store is asked nothing more once it is over, in the middle of a listing too', async () => {
  const inner = memoryStore();
  for (const key of ['a/1', 'a/2', 'a/3']) await inner.put(key, 'x');
  let over: Error | undefined;
  const store = untilOver(inner, () => over);
  expect((await collect(store.list('a/'))).map(({ key }) => key)).toEqual(['a/1', 'a/2', 'a/3']);
  expect(await store.folders('')).toEqual(['a']);
  expect((await store.get('a/1'))?.size).toBe(1);
  await store.put('a/4', 'x');
  const seen: string[] = [];
  const list = async () => {
    for await (const { key } of store.list('a/')) {
      seen.push(key);
      over = new Error('it is over');
    }
  };
  await expect(list()).rejects.toThrow('it is over');
  expect(seen).toEqual(['a/1']);
  const calls = [
    () => store.get('a/1'),
    () => store.put('a/5', 'x'),
    () => store.remove('a/1'),
    () => store.folders(''),
  ];
  for (const call of [...calls, () => store.top()]) await expect(call()).rejects.toThrow('it is over');
  expect(await collect(inner.list('a/'))).toHaveLength(4);
});
