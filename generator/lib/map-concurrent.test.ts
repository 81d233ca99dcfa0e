import { expect, it } from 'vitest';
import { allDone, mapConcurrent } from './map-concurrent.ts';

it('has few large ones under way at once, and many small ones', async () => {
  const megabyte = 1024 * 1024;
  for (const [size, most] of [
    [20, 1],
    [16, 2],
    [100, 1],
    [0, 64],
  ] as const) {
    let [now, highest] = [0, 0];
    const done = await mapConcurrent(
      Array.from({ length: 100 }, (_, i) => i),
      async (i) => {
        highest = Math.max(highest, ++now);
        await new Promise((go) => setImmediate(go));
        now--;
        return i * 2;
      },
      () => size * megabyte,
    );
    expect([size, highest]).toEqual([size, most]);
    expect(done).toEqual(Array.from({ length: 100 }, (_, i) => i * 2));
  }
});

it('throws what failed only once all else has ended', async () => {
  let isEnded = false;
  const other = new Promise<void>((go) => setImmediate(go)).then(() => {
    isEnded = true;
  });
  await expect(allDone(Promise.reject(new Error('first')), other)).rejects.toThrow('first');
  expect(isEnded).toBe(true);
  expect(await allDone(Promise.resolve(1), Promise.resolve('a'))).toEqual([1, 'a']);
});
