import { expect, it } from 'vitest';
import { decodeText } from '../../lib/bytes.ts';
import { memoryStore } from '../../store/memory.ts';
import type { Store } from '../../store/store.ts';
import { writeNewConfig } from './write-config.ts';

const KEY = 'acme/report-config.json';
const textIn = async (store: Store) => decodeText((await store.get(KEY))?.body ?? new Uint8Array());

/** A store in which something happens when the file is about to be written. */
function meanwhile(store: Store, happens: () => Promise<unknown>): Store {
  return {
    ...store,
    put: async (key, body, options) => {
      if (key === KEY) await happens();
      return store.put(key, body, options);
    },
  };
}

it('lets one of two writers win, tells the other, and leaves the file as the first wrote it', async () => {
  const store = memoryStore();
  const outcomes = await Promise.allSettled(
    ['{"name":"A"}', '{"name":"B"}'].map((text) => writeNewConfig(store, KEY, text)),
  );
  expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  const [won, lost] = outcomes[0]?.status === 'fulfilled' ? ['A', 1] : ['B', 0];
  expect(outcomes[lost as number]).toMatchObject({
    reason: { message: expect.stringContaining(`has got a ${KEY} meanwhile, so nothing was written`) },
  });
  expect(await textIn(store)).toBe(`{"name":"${won}"}`);
});

it('writes over nothing that came between the question and the answer', async () => {
  const store = memoryStore();
  const raced = meanwhile(store, () => store.put(KEY, '{"name":"theirs"}'));
  await expect(writeNewConfig(raced, KEY, '{"name":"ours"}')).rejects.toThrow('meanwhile');
  expect(await textIn(store)).toBe('{"name":"theirs"}');
});

it('takes a write that met itself for written', async () => {
  const store = memoryStore();
  await writeNewConfig(
    meanwhile(store, () => store.put(KEY, '{}')),
    KEY,
    '{}',
  );
  expect(await textIn(store)).toBe('{}');
});

it('passes on why a store took nothing', async () => {
  const store = memoryStore();
  const full = meanwhile(store, () => Promise.reject(new Error('no space left')));
  await expect(writeNewConfig(full, KEY, '{}')).rejects.toThrow('no space left');
});
