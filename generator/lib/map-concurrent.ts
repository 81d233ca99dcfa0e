import pMap, { pMapIterable } from 'p-map';

/** Objects under way at once: enough to hide a store's latency, few enough for its limits. */
const AT_ONCE = 64;
/** What objects under way weigh together, in bytes as listed; one that weighs more has them to itself. */
const MOST_BYTES = 32 * 1024 * 1024;

/**
 * Work on each, a bounded number at once; results in the order of the items.
 * @param bytesOf what an item takes of memory, as far as it is known before: few large ones are under way at once
 */
export const mapConcurrent = <In, Out>(
  items: Iterable<In> | AsyncIterable<In>,
  work: (item: In) => Promise<Out>,
  bytesOf: (item: In) => number = () => 0,
): Promise<Out[]> => pMap(items, withRoom(work, bytesOf), { concurrency: AT_ONCE });

/** The same where there are too many results to hold: each comes when all before it have come. @param concurrency items under way at once */
export const streamConcurrent = <In, Out>(
  items: AsyncIterable<In>,
  work: (item: In) => Promise<Out>,
  bytesOf: (item: In) => number,
  concurrency = AT_ONCE,
): AsyncIterable<Out> => pMapIterable(items, withRoom(work, bytesOf), { concurrency }) as AsyncIterable<Out>;

/** What some work comes to once all of it has ended: where one fails, nothing of the others goes on behind its back. @throws what the first of them throws */
export async function allDone<Of extends readonly unknown[]>(
  ...work: { [Each in keyof Of]: Promise<Of[Each]> }
): Promise<Of> {
  await Promise.allSettled(work);
  return (await Promise.all(work)) as unknown as Of;
}

/** Work that begins once there is room for its item. */
function withRoom<In, Out>(
  work: (item: In) => Promise<Out>,
  bytesOf: (item: In) => number,
): (item: In) => Promise<Out> {
  let free = MOST_BYTES;
  const waiting: (() => void)[] = [];
  return async (item) => {
    const bytes = Math.min(bytesOf(item), MOST_BYTES);
    while (free < bytes) await new Promise<void>((go) => void waiting.push(go));
    free -= bytes;
    try {
      return await work(item);
    } finally {
      free += bytes;
      for (const go of waiting.splice(0)) go();
    }
  };
}
