import { expect, it } from 'vitest';
import { collect } from '../store/ranges.ts';
import { openCursor } from './cursor.ts';
import { openSpool } from './spool.ts';
import { spooledList } from './spooled.ts';

it('gives back what was added, in order and as often as asked, with what has not been written yet', async () => {
  await using spool = await openSpool();
  const list = spooledList<{ id: string; text?: string }>(spool);
  const items = Array.from({ length: 1000 }, (_, i) => ({ id: `é${i}\n`, ...(i % 3 && { text: 'x'.repeat(i) }) }));
  for (const item of items.slice(0, 990)) await list.push(item);
  expect(await collect(list)).toEqual(items.slice(0, 990));
  for (const item of items.slice(990)) await list.push(item);
  expect(list).toHaveLength(1000);
  expect(await collect(list)).toEqual(items);
  expect((await collect(list.blocks())).length).toBeGreaterThan(2);
  const cursor = await openCursor(list.blocks());
  for (const item of items) {
    expect(cursor.head).toEqual(item);
    await cursor.next();
  }
  expect(cursor.head).toBeUndefined();
});

it('holds its first items where it is told to, and gives all back in order', async () => {
  await using spool = await openSpool();
  const list = spooledList<{ id: number }>(spool, 3);
  const items = Array.from({ length: 10 }, (_, id) => ({ id }));
  for (const item of items) await list.push(item);
  expect(list).toHaveLength(10);
  expect((await collect(list.blocks()))[0]).toEqual(items.slice(0, 3));
  expect(await collect(list)).toEqual(items);
});

it('is empty where nothing was added, and so is a cursor over blocks without items', async () => {
  await using spool = await openSpool();
  expect(await collect(spooledList(spool))).toEqual([]);
  expect((await openCursor([[], []])).head).toBeUndefined();
  expect((await openCursor([[], [1]])).head).toBe(1);
});
