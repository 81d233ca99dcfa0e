import { compareKeys } from '../store/store.ts';
import { keyOf } from './layout.ts';

/**
 * The order of calls: that of the keys of their `calls/` and `qa/` objects as a store lists them. It is not quite that of the ids,
 * since "a-1.jsonl" comes before "a.jsonl".
 */
export function compareIds(a: string, b: string): number {
  if (a === b) return 0;
  // Where one id does not begin with the other, what follows them decides nothing.
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  return long.startsWith(short) ? compareKeys(keyOf('calls', a), keyOf('calls', b)) : compareKeys(a, b);
}

/**
 * Put what comes in the order of keys that end in ".json" into the order of calls: "a.json" comes before "a.json.json", but
 * "a.jsonl" after "a.json.jsonl". Those that have to wait are each the beginning of the next one, so there are few.
 */
export async function* inCallOrder<T>(
  blocks: AsyncIterable<readonly T[]>,
  idOf: (item: T) => string,
): AsyncGenerator<readonly T[]> {
  const waiting: T[] = [];
  for await (const block of blocks) {
    const sorted: T[] = [];
    for (const item of block) {
      const id = idOf(item);
      for (let last = waiting.at(-1); last !== undefined && compareIds(idOf(last), id) < 0; last = waiting.at(-1)) {
        sorted.push(last);
        waiting.pop();
      }
      waiting.push(item);
    }
    yield sorted;
  }
  yield waiting.reverse();
}
