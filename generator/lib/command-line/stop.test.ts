import { afterEach, expect, it, vi } from 'vitest';
import { openStop } from './stop.ts';

afterEach(() => vi.restoreAllMocks());

it('hears the first signal as a wish, what npm repeats of it as the same, and the next as an order', () => {
  const exit = vi.spyOn(process, 'exit').mockImplementation((() => {}) as never);
  const said: string[] = [];
  let now = 0;
  const before = process.listenerCount('SIGINT');
  {
    using stop = openStop(
      (text) => said.push(text),
      () => now,
    );
    expect(stop.signal()).toBeUndefined();
    process.emit('SIGINT', 'SIGINT');
    now = 499;
    process.emit('SIGINT', 'SIGINT');
    expect([stop.signal(), said, exit.mock.calls]).toEqual([
      'SIGINT',
      [expect.stringMatching(/^SIGINT: stopping\. .* Ctrl\+C once more ends it at once\.$/)],
      [],
    ]);
    now = 500;
    process.emit('SIGTERM', 'SIGTERM');
    expect(exit.mock.calls).toEqual([[143]]);
    process.emit('SIGINT', 'SIGINT');
    expect(exit.mock.calls).toEqual([[143], [130]]);
  }
  expect(process.listenerCount('SIGINT')).toBe(before);
});
