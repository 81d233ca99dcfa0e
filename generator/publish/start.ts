import { Damaged } from '../lib/errors.ts';
import { listInRanges } from '../store/ranges.ts';
import type { Store } from '../store/store.ts';
import { generationIn, POINTER, type Pointer } from './manifest.ts';
import { parsePointer } from './pointer.ts';
import { Overtaken } from './switch.ts';

/** What lies below an organization in the reports store: key inside the organization → the object as listed. */
export type Inventory = ReadonlyMap<string, Listed>;

interface Listed {
  etag: string;
  /** Bytes. */
  size: number;
  /** When it was written, by the store's clock, in milliseconds since the epoch; absent where the store has none. */
  modified?: number;
}

/** What a run starts from, and publishes over. */
export interface Start {
  /** Undefined: nothing was published, or the pointer is damaged. */
  pointer?: Pointer;
  /** Of the pointer as it is; undefined: there is none. */
  etag?: string;
  /** Of the build that this run makes: above everything that lies there, whatever the pointer says. */
  generation: number;
  lies: Inventory;
}

/** @throws {Overtaken} where the pointer was switched while its organization was being listed */
export async function openStart(store: Store, org: string): Promise<Start> {
  const key = `${org}/${POINTER}`;
  const object = await store.get(key);
  let pointer: Pointer | undefined;
  try {
    pointer = object && parsePointer(object.body, org);
  } catch (error) {
    if (!(error instanceof Damaged)) throw error;
  }
  const lies = await takeInventory(store, org, pointer);
  // A listing may write an ETag otherwise than an answer does, so it is only a hint that somebody was there.
  if (lies.get(POINTER)?.etag !== object?.etag && (await store.get(key))?.etag !== object?.etag)
    throw new Overtaken(org);
  return { pointer, etag: object?.etag, generation: newestIn(lies, pointer) + 1, lies };
}

/** Calls of a site from which on its objects are listed in several ranges at once. */
const IN_RANGE = 3500;

/** @param pointer tells how large the listing may be */
export async function takeInventory(store: Store, org: string, pointer: Pointer | undefined): Promise<Inventory> {
  const ranges = Math.min(256, Math.ceil((pointer?.calls ?? 0) / IN_RANGE));
  const cuts = Array.from({ length: Math.max(0, ranges - 1) }, (_, i) => {
    const first = Math.floor(((i + 1) * 256) / ranges);
    return `${org}/blobs/${first.toString(16).padStart(2, '0')}`;
  });
  const lies = new Map<string, Listed>();
  for await (const { key, ...listed } of listInRanges(store, `${org}/`, cuts))
    lies.set(key.slice(org.length + 1), listed);
  return lies;
}

/** The highest generation that lies there. */
export function newestIn(lies: Inventory, pointer: Pointer | undefined): number {
  let newest = pointer?.generation ?? 0;
  for (const key of lies.keys()) newest = Math.max(newest, generationIn(key) ?? 0);
  return newest;
}
