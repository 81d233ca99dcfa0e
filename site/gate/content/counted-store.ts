import { inSteps } from '../../../generator/lib/command-line/steps.ts';
import { PreconditionFailed, type ShareOptions, type Store } from '../../../generator/store/store.ts';
import type { Meter, StoreOperation } from '../meter.ts';

/** The same store; its requests are counted, and those that fail. A condition that does not hold is an answer and no failure. */
export function countedStore(store: Store, name: 'reports' | 'recordings', meter: Meter | undefined): Store {
  if (meter === undefined) return store;
  async function counted<T>(operation: StoreOperation, ask: () => Promise<T>): Promise<T> {
    const end = meter?.asked(name, operation);
    try {
      const answer = await ask();
      end?.(false);
      return answer;
    } catch (error) {
      end?.(!(error instanceof PreconditionFailed));
      throw error;
    }
  }
  const { share } = store;
  return {
    ...store,
    get: (key, options) => counted('get', () => store.get(key, options)),
    put: (key, body, options) => counted('put', () => store.put(key, body, options)),
    ...(share && {
      share: (key: string, how: ShareOptions) => counted('share', () => share.call(store, key, how)),
    }),
    list(prefix) {
      let isBegun = false;
      // A listing is one request, however many steps it is read in; a step that fails is one more.
      return inSteps(store.list(prefix), (next) => {
        if (isBegun) return next().catch((error: unknown) => counted('list', () => Promise.reject(error)));
        isBegun = true;
        return counted('list', next);
      });
    },
  };
}
