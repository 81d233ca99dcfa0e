import type { Items } from '../blocks.ts';

/** Asks for what comes next, or refuses to. */
export type Step = <R>(next: () => Promise<R>) => Promise<R>;

/** The same items, each or each block asked for by a step of the caller's own. No generator: each one more costs more than a step. */
export function inSteps<T>(items: Items<T>, step: Step): Items<T> {
  const blocks = items.blocks?.bind(items);
  return { ...stepped(items, step), ...(blocks && { blocks: () => stepped(blocks(), step) }) };
}

const stepped = <T>(items: AsyncIterable<T>, step: Step): AsyncIterable<T> => ({
  [Symbol.asyncIterator]() {
    const iterator = items[Symbol.asyncIterator]();
    const next = () => iterator.next();
    return {
      next: () => step(next),
      return: async (value) => (await iterator.return?.(value)) ?? { done: true, value },
    };
  },
});
