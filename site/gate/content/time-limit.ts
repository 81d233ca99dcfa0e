import { inSteps } from '../../../generator/lib/command-line/steps.ts';
import type { ShareOptions, Store } from '../../../generator/store/store.ts';

/** Something that was asked of the store has no answer yet. */
class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
}

/** By its name: the bundle has a class of its own. */
export const isNoAnswer = (error: unknown): boolean => error instanceof Error && error.name === 'NoAnswer';

/** A reader waits no longer for one answer of the store; the front's own limit is a little longer. */
export const STORE_MS = 8_000;
/** Answers that nobody waits for any more; where there are more, the store is asked nothing new until some have come. */
const MOST_GIVEN_UP = 256;
/** One that has not come for so long counts no longer: then the store is tried again. */
const FORGOTTEN_MS = 60_000;

/**
 * A store whose answers are waited for so long and no longer. What is given up ends by itself, as its driver has it; so that a store
 * that hangs does not fill the memory, only so many are left to do so.
 * @param msOf how long an answer about a key may take
 * @returns the same store; `get`, `put` and each step of `list` throw {NoAnswer}
 */
export function withTimeLimit(store: Store, msOf: (key: string) => number): Store {
  let givenUp = 0;

  function within<T>(what: string, ms: number, ask: () => Promise<T>): Promise<T> {
    if (givenUp >= MOST_GIVEN_UP) return Promise.reject(new NoAnswer(`${what}: the store does not answer at present`));
    return new Promise((done, failed) => {
      let release = () => {};
      const timer = setTimeout(() => {
        release = giveUp();
        failed(new NoAnswer(`${what}: the store did not answer within ${ms / 1000} s`));
      }, ms);
      const end = () => {
        clearTimeout(timer);
        release();
      };
      ask().then(done, failed).finally(end);
    });
  }

  /** @returns to be called when the answer has come after all */
  function giveUp(): () => void {
    givenUp++;
    let counts = true;
    const release = () => {
      if (counts) givenUp--;
      counts = false;
      clearTimeout(forgetting);
    };
    const forgetting = setTimeout(release, FORGOTTEN_MS).unref();
    return release;
  }

  const { share } = store;
  return {
    ...store,
    get: (key, options) => within(`read ${key}`, msOf(key), () => store.get(key, options)),
    put: (key, body, options) => within(`write ${key}`, msOf(key), () => store.put(key, body, options)),
    ...(share && {
      share: (key: string, how: ShareOptions) =>
        within(`make an address of ${key}`, msOf(key), () => share.call(store, key, how)),
    }),
    list: (prefix) => inSteps(store.list(prefix), (next) => within(`list ${prefix}`, msOf(prefix), next)),
  };
}
