/** What lies in a store, and what is asked of it. */
import type { Store } from '../store.ts';

/** All objects of a store below a prefix: key → bytes. */
export async function everything(store: Store, prefix = ''): Promise<Map<string, Uint8Array>> {
  const objects = new Map<string, Uint8Array>();
  for await (const { key } of store.list(prefix)) {
    const object = await store.get(key);
    if (object) objects.set(key, object.body);
  }
  return objects;
}

/** A store that counts, tells which keys are read and written, and fails on request. */
export function watched(inner: Store, failAt = Number.POSITIVE_INFINITY) {
  const calls = { get: 0, put: 0, remove: 0, list: 0, read: [] as string[], written: [] as string[] };
  let writes = 0;
  const maybeFail = () => {
    if (++writes >= failAt) throw new Error('the store has gone away');
  };
  const store: Store = {
    ...inner,
    list(prefix) {
      calls.list++;
      return inner.list(prefix);
    },
    async get(key, options) {
      calls.get++;
      calls.read.push(key);
      return inner.get(key, options);
    },
    async put(key, body, options) {
      maybeFail();
      calls.put++;
      calls.written.push(key);
      return inner.put(key, body, options);
    },
    async remove(key) {
      maybeFail();
      calls.remove++;
      return inner.remove(key);
    },
  };
  return { store, calls };
}
