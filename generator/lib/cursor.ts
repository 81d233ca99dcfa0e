/** A place in a list that comes in blocks: lists in one order are walked side by side with one of these each. */
export interface Cursor<T> {
  /** The item at this place; undefined at the end. */
  readonly head: T | undefined;
  /** Go to the next one. @returns what to wait for first, where its block has to be read */
  next(): Promise<void> | undefined;
}

/** @param blocks of any length, none too */
export async function openCursor<T>(blocks: AsyncIterable<readonly T[]> | Iterable<readonly T[]>): Promise<Cursor<T>> {
  const source = Symbol.asyncIterator in blocks ? blocks[Symbol.asyncIterator]() : blocks[Symbol.iterator]();
  let block: readonly T[] = [];
  let at = 0;
  async function read(): Promise<void> {
    do {
      const { value, done } = await source.next();
      block = done ? [] : value;
      at = 0;
      if (done) return;
    } while (block.length === 0);
  }
  await read();
  return {
    get head() {
      return block[at];
    },
    next() {
      at++;
      return at < block.length ? undefined : read();
    },
  };
}
