import { randomUUID } from 'node:crypto';
import { decodeText } from '../../lib/bytes.ts';
import { mapConcurrent } from '../../lib/map-concurrent.ts';
import { collect } from '../../store/ranges.ts';
import type { ListedObject, Store } from '../../store/store.ts';
import type { ChangeFeed } from './change-feed.ts';
import { keysIn } from './event-keys.ts';
import { NamedCalls } from './named-calls.ts';

/** With more of them, or in larger ones, listing everything costs no more. */
const MOST_EVENTS = 2000;
const MOST_BYTES = 1024 * 1024;

/** A feed in a store of its own, with an object for each event, or for many, below the organization that it is of. */
export const objectFeed = (events: Store): ChangeFeed => ({
  url: events.url,
  listen: () => ({
    async about(org) {
      const listed = await collect(events.list(`${org}/`));
      return {
        calls: () => readEvents(events, org, listed),
        used: async () => void (await mapConcurrent(listed, ({ key }) => events.remove(key))),
      };
    },
    async end() {},
  }),
});

async function readEvents(
  events: Store,
  org: string,
  listed: readonly ListedObject[],
): Promise<ReadonlySet<string> | undefined> {
  if (listed.length > MOST_EVENTS || listed.some(({ size }) => size > MOST_BYTES)) return undefined;
  const calls = new NamedCalls(org);
  const isRead = await mapConcurrent(listed, async ({ key }) => {
    const object = await events.get(key);
    // Another run may have used it by now: then what it named has been looked at.
    if (!object) return true;
    const found = keysOfObject(object.body);
    for (const each of found ?? []) calls.add(each);
    return found !== undefined;
  });
  return isRead.every(Boolean) ? calls.ids : undefined;
}

function keysOfObject(body: Uint8Array): string[] | undefined {
  try {
    const found = keysIn(decodeText(body));
    return 'keys' in found ? found.keys : undefined;
  } catch {
    return undefined;
  }
}

/** Keys told in one event; a million would make one that nobody reads. */
const KEYS_IN_EVENT = 1000;

/** Say in a change feed that objects of one organization have come, changed or gone. @param keys whole */
export async function announce(events: Store, org: string, keys: readonly string[]): Promise<void> {
  for (let at = 0; at < keys.length; at += KEYS_IN_EVENT)
    await events.put(`${org}/${randomUUID()}.json`, JSON.stringify({ keys: keys.slice(at, at + KEYS_IN_EVENT) }));
}
