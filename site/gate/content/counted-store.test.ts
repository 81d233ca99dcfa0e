import { expect, test } from 'vitest';
import { memoryStore } from '../../../generator/store/memory.ts';
import { PreconditionFailed, type Store } from '../../../generator/store/store.ts';
import type { Meter } from '../meter.ts';
import { countedStore } from './counted-store.ts';

/** A store over another one, and what was counted: "get", or "get!" where it failed. */
function counting(store: Store) {
  const counted: string[] = [];
  const asked: Meter['asked'] = (_, operation) => (isError) => counted.push(`${operation}${isError ? '!' : ''}`);
  return { store: countedStore(store, 'reports', { asked } as Meter), counted };
}

test('a request counts once, a listing too, and an object that is not there is no failure', async () => {
  const { store, counted } = counting(memoryStore());
  for (const key of ['a/1', 'a/2', 'a/3']) await store.put(key, key);
  await store.get('a/1');
  await store.get('a/9');
  const keys: string[] = [];
  for await (const { key } of store.list('a/')) keys.push(key);
  expect(keys).toEqual(['a/1', 'a/2', 'a/3']);
  expect(counted).toEqual(['put', 'put', 'put', 'get', 'get', 'list']);
});

test('what fails counts as such, but for a condition that does not hold, and is thrown as it was', async () => {
  const failing: Store = {
    ...memoryStore(),
    get: () => Promise.reject(new Error('no such host')),
    put: (key) => Promise.reject(new PreconditionFailed(key)),
  };
  const { store, counted } = counting(failing);
  await expect(store.get('x')).rejects.toThrow('no such host');
  await expect(store.put('x', '')).rejects.toThrow(PreconditionFailed);
  expect(counted).toEqual(['get!', 'put']);
});

test('without a meter it is the very store', () => {
  const store = memoryStore();
  expect(countedStore(store, 'reports', undefined)).toBe(store);
});
