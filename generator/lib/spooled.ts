import { decodeText, encodeText } from './bytes.ts';
import type { Slice, Spool } from './spool.ts';

/** A list of which little is in memory: it lies in the spool in blocks, as JSON, and comes back in order as often as somebody asks. */
export interface SpooledList<T> extends AsyncIterable<T> {
  readonly length: number;
  /** @returns what to wait for before the next one is added, where there is anything to wait for */
  push(item: T): Promise<void> | undefined;
  /** The same items, many at once. */
  blocks(): AsyncGenerator<readonly T[]>;
}

const BLOCK_LENGTH = 128 * 1024;

/**
 * @param most first items that stay in memory as they are, for small ones: to write and read them takes longer than most work on them
 * @param blockLength characters of JSON from which on a block is written: of the rest, so much is in memory
 */
export function spooledList<T>(spool: Spool, most = 0, blockLength = BLOCK_LENGTH): SpooledList<T> {
  const held: T[] = [];
  const written: Promise<Slice>[] = [];
  let texts: string[] = [];
  let size = 0;
  let length = 0;
  const block = () => `[${texts.join(',')}]`;
  async function write(): Promise<void> {
    const slice = spool.put(encodeText(block()));
    written.push(slice);
    texts = [];
    size = 0;
    await slice;
  }
  async function* blocks(): AsyncGenerator<readonly T[]> {
    if (held.length > 0) yield held;
    for (const slice of written) yield JSON.parse(decodeText(await spool.get(await slice))) as T[];
    if (texts.length > 0) yield JSON.parse(block()) as T[];
  }
  return {
    get length() {
      return length;
    },
    push(item) {
      if (length < most) {
        held.push(item);
        length++;
        return undefined;
      }
      const text = JSON.stringify(item);
      texts.push(text);
      size += text.length + 1;
      length++;
      return size < blockLength ? undefined : write();
    },
    blocks,
    async *[Symbol.asyncIterator]() {
      for await (const items of blocks()) yield* items;
    },
  };
}
