import type { Items } from '../lib/blocks.ts';
import { inSteps } from '../lib/command-line/steps.ts';
import type { Store } from './store.ts';

/**
 * A store that is asked nothing any more from some moment on.
 * @param over what to throw then; undefined before it. Asked before each call, and for each object of a listing, or each block
 */
export function untilOver(store: Store, over: () => Error | undefined): Store {
  const check = () => {
    const error = over();
    if (error) throw error;
  };
  const checked = <T>(all: Items<T>): Items<T> =>
    inSteps(all, (next) => {
      const error = over();
      return error ? Promise.reject(error) : next();
    });
  const { listRange } = store;
  return {
    url: store.url,
    list: (prefix) => checked(store.list(prefix)),
    ...(listRange && { listRange: (prefix, range) => checked(listRange.call(store, prefix, range)) }),
    async folders(prefix) {
      check();
      return store.folders(prefix);
    },
    async top() {
      check();
      return store.top();
    },
    async get(key, options) {
      check();
      return store.get(key, options);
    },
    async put(key, body, options) {
      check();
      return store.put(key, body, options);
    },
    async remove(key) {
      check();
      return store.remove(key);
    },
  };
}
