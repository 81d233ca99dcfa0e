import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { memoryStore } from '../../../generator/store/memory.ts';
import type { Store } from '../../../generator/store/store.ts';
import { isNoAnswer, withTimeLimit } from './time-limit.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A store that hangs until it is told to go on. */
function hanging() {
  const inner = memoryStore();
  const waiting: (() => void)[] = [];
  let asked = 0;
  const wait = () => {
    asked++;
    return new Promise<void>((go) => void waiting.push(go));
  };
  const store: Store = {
    ...inner,
    get: (...call) => wait().then(() => inner.get(...call)),
    put: (...call) => wait().then(() => inner.put(...call)),
    async *list(prefix) {
      await wait();
      yield* inner.list(prefix);
    },
  };
  return { inner, store, asked: () => asked, answer: () => waiting.splice(0).forEach((go) => void go()) };
}
const outcomes = async (...work: Promise<unknown>[]) =>
  (await Promise.allSettled(work)).map((each) => (each.status === 'fulfilled' ? 'answered' : isNoAnswer(each.reason)));
const listed = async (store: Store, prefix: string) => {
  for await (const { key } of store.list(prefix)) return key;
  return undefined;
};

describe('a store with a limit of time', () => {
  it('answers as the store does', async () => {
    const { inner, store, answer } = hanging();
    const limited = withTimeLimit(store, () => 8_000);
    await inner.put('a/x', 'x');
    const asked = [limited.get('a/x'), limited.get('a/none'), listed(limited, 'a/'), limited.put('b', 'y')];
    await vi.advanceTimersByTimeAsync(7_999);
    answer();
    const [x, none, first] = await Promise.all(asked);
    expect([x, none, first]).toMatchObject([{ size: 1 }, undefined, 'a/x']);
    expect(await inner.get('b')).toBeDefined();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('gives up what does not come, each by its key’s limit, and says what', async () => {
    const limited = withTimeLimit(hanging().store, (key) => (key === 'slow' ? 32_000 : 8_000));
    const slow = outcomes(limited.get('slow'));
    const others = outcomes(limited.get('a'), limited.put('a', ''), listed(limited, 'a/'));
    await expect(Promise.all([limited.get('a/pointer.json'), vi.advanceTimersByTimeAsync(8_000)])).rejects.toThrow(
      'read a/pointer.json: the store did not answer within 8 s',
    );
    expect(await others).toEqual([true, true, true]);
    await vi.advanceTimersByTimeAsync(24_000);
    expect(await slow).toEqual([true]);
  });

  it('asks nothing new while too many answers are missing, and again when they have come', async () => {
    const { store, asked, answer } = hanging();
    const limited = withTimeLimit(store, () => 8_000);
    const ask = async (n: number) => {
      const all = outcomes(...Array.from({ length: n }, (_, i) => limited.get(`k${i}`)));
      await vi.advanceTimersByTimeAsync(8_000);
      return all;
    };
    for (const n of [200, 100, 100]) expect(await ask(n)).toEqual(Array(n).fill(true));
    expect(asked()).toBe(300);
    answer();
    await vi.advanceTimersByTimeAsync(0);
    const again = outcomes(limited.get('k'));
    answer();
    expect(await again).toEqual(['answered']);
  });

  it('tries again after a while where nothing ever came', async () => {
    const { store, asked, answer } = hanging();
    const limited = withTimeLimit(store, () => 8_000);
    const all = outcomes(...Array.from({ length: 300 }, (_, i) => limited.get(`k${i}`)));
    await vi.advanceTimersByTimeAsync(8_000);
    await all;
    await expect(limited.get('k')).rejects.toThrow('does not answer at present');
    await vi.advanceTimersByTimeAsync(60_000);
    const again = outcomes(limited.get('k'));
    expect(asked()).toBe(301);
    answer();
    expect(await again).toEqual(['answered']);
  });

  it('asks no more than 256 that have no answer, and counts each of them once, whatever comes of it', async () => {
    const { store, asked, answer } = hanging();
    const limited = withTimeLimit(store, () => 8_000);
    const ask = async (n: number) => {
      const all = outcomes(...Array.from({ length: n }, (_, i) => limited.get(`k${i}`)));
      await vi.advanceTimersByTimeAsync(8_000);
      return all;
    };
    await ask(256);
    await expect(limited.get('k')).rejects.toThrow('read k: the store does not answer at present');
    expect(asked()).toBe(256);
    // Forgotten, and answered after that.
    await vi.advanceTimersByTimeAsync(60_000);
    answer();
    await vi.advanceTimersByTimeAsync(0);
    await ask(256);
    await expect(limited.get('k')).rejects.toThrow('does not answer at present');
    answer();
    await vi.advanceTimersByTimeAsync(0);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('says what it waited for, in errors that can be told from others', async () => {
    const limited = withTimeLimit(hanging().store, () => 8_000);
    const said = Promise.all([limited.put('a', ''), listed(limited, 'b/')].map((each) => each.catch((error) => error)));
    await vi.advanceTimersByTimeAsync(8_000);
    const errors = (await said) as Error[];
    expect(errors.map(({ message }) => message)).toEqual([
      'write a: the store did not answer within 8 s',
      'list b/: the store did not answer within 8 s',
    ]);
    expect(errors.map(isNoAnswer)).toEqual([true, true]);
    for (const other of [new Error('NoAnswer'), { name: 'NoAnswer' }, undefined, 'NoAnswer'])
      expect(isNoAnswer(other)).toBe(false);
  });
});
