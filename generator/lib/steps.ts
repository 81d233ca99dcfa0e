/**
 * The same items, each asked for by a step of the caller's own. No generator: of a long listing each one more costs as much as the
 * look at a file.
 * @param step asks for the next item, or refuses to
 */
export const inSteps = <T>(
  items: AsyncIterable<T>,
  step: (next: () => Promise<IteratorResult<T>>) => Promise<IteratorResult<T>>,
): AsyncIterable<T> => ({
  [Symbol.asyncIterator]() {
    const iterator = items[Symbol.asyncIterator]();
    const next = () => iterator.next();
    return {
      next: () => step(next),
      return: async (value) => (await iterator.return?.(value)) ?? { done: true, value },
    };
  },
});
