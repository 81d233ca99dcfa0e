import { expect, it } from 'vitest';
import { memoryStore } from '../../store/memory.ts';
import type { PutOptions, Store } from '../../store/store.ts';
import { NoClaims, requireClaims } from './claims.ts';

/** A store that takes no notice of some conditions. */
function careless(...ignored: (keyof PutOptions)[]): Store {
  const inner = memoryStore();
  return {
    ...inner,
    put: (key, body, options = {}) =>
      inner.put(
        key,
        body,
        Object.fromEntries(Object.entries(options).filter(([name]) => !ignored.includes(name as keyof PutOptions))),
      ),
  };
}

it.each<[ignored: (keyof PutOptions)[], lacks: string]>([
  [['ifMatch'], '(If-Match)'],
  [['ifNoneMatch'], '(If-None-Match: *)'],
  [['ifNoneMatch', 'ifMatch'], '(If-None-Match: * and If-Match)'],
])('a store that takes no notice of %j sends nothing, and which it lacks is said', async (ignored, lacks) => {
  const refused = await requireClaims(careless(...ignored)).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(NoClaims);
  const { message } = refused as Error;
  expect(message).toContain(`memory: does not support conditional writes ${lacks}`);
  expect(message).toMatch(/^No digest was sent: .* then run digest again\.$/);
});

it('a store that keeps both may send, and what it was tried with lay below mail/', async () => {
  const keys: string[] = [];
  const inner = memoryStore();
  const store: Store = {
    ...inner,
    put(key, ...more) {
      keys.push(key);
      return inner.put(key, ...more);
    },
  };
  await expect(requireClaims(store)).resolves.toBeUndefined();
  expect(keys.length).toBeGreaterThan(0);
  expect(keys.filter((key) => !key.startsWith('mail/'))).toEqual([]);
});
