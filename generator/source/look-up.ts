import { streamConcurrent } from '../lib/map-concurrent.ts';
import type { Spool } from '../lib/spool.ts';
import { type SpooledList, spooledList } from '../lib/spooled.ts';
import type { Store } from '../store/store.ts';
import { compareIds } from './call-order.ts';
import { keyOf, partsUnder, prefixes } from './layout.ts';
import type { ListedCall, Objects } from './listing.ts';

/**
 * What a listing would have of some calls. One without any object is not in it.
 * @param ids in any order
 */
export async function lookUpCalls(
  results: Store,
  org: string,
  withMetadata: boolean,
  ids: Iterable<string>,
  spool: Spool,
): Promise<SpooledList<ListedCall>> {
  const parts = prefixes(withMetadata).flatMap(partsUnder);
  const calls = spooledList<ListedCall>(spool);
  async function* sorted() {
    yield* [...ids].sort(compareIds);
  }
  const found = streamConcurrent(
    sorted(),
    async (id): Promise<ListedCall> => {
      const objects: Objects = {};
      for (const part of parts) {
        const key = `${org}/${keyOf(part, id)}`;
        // Among the keys that begin with it, it comes first.
        for await (const { key: first, ...listed } of results.list(key)) {
          if (first === key) objects[part] = listed;
          break;
        }
      }
      return { id, objects };
    },
    () => 0,
  );
  for await (const call of found) if (Object.keys(call.objects).length > 0) await calls.push(call);
  return calls;
}
