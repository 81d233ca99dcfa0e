import type { Store } from '../../store/store.ts';

/** Done around each call of a store, an engine or a provider. */
export type Around = <T>(work: () => Promise<T>) => Promise<T>;

/** A store of which each call is a step. */
export function steppedStore(inner: Store, around: Around): Store {
  return {
    url: inner.url,
    async *list(prefix) {
      const objects = await around(async () => {
        const found = [];
        for await (const each of inner.list(prefix)) found.push(each);
        return found;
      });
      yield* objects;
    },
    folders: (prefix) => around(() => inner.folders(prefix)),
    top: () => around(() => inner.top()),
    get: (key, options) => around(() => inner.get(key, options)),
    put: (key, body, options) => around(() => inner.put(key, body, options)),
    remove: (key) => around(() => inner.remove(key)),
  };
}
