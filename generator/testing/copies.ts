import { memoryStore } from '../store/memory.ts';
import type { Store } from '../store/store.ts';

/** Everything in a store at one moment. */
export type Snapshot = readonly { key: string; body: Uint8Array; modified: number }[];

/** A clock that a test turns, in milliseconds since the epoch. */
export interface Clock {
  time: number;
}

export async function snapshotOf(store: Store): Promise<Snapshot> {
  const objects: { key: string; body: Uint8Array; modified: number }[] = [];
  for await (const { key, modified = 0 } of store.list('')) {
    const object = await store.get(key);
    if (object) objects.push({ key, body: object.body, modified });
  }
  return objects;
}

/** A store in memory that holds what was there, written when it was written. */
export async function storeOf(snapshot: Snapshot, clock: Clock): Promise<Store> {
  const { time } = clock;
  const store = memoryStore(() => clock.time);
  for (const { key, body, modified } of snapshot) {
    clock.time = modified;
    await store.put(key, body);
  }
  clock.time = time;
  return store;
}
