import { expect, it } from 'vitest';
import { mapConcurrent } from './map-concurrent.ts';

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
