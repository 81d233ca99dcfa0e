import type { Store } from '../store.ts';

/** A store that is only to be read: whoever changes something in it fails, as with the rights that a build has on its input. */
export function readOnly(store: Store): Store {
  const refuse = (key: string) => Promise.reject(new Error(`changed in a store that is only to be read: ${key}`));
  return { ...store, put: refuse, remove: refuse };
}
