import { Damaged } from '../lib/errors.ts';
import type { Store } from '../store/store.ts';
import { POINTER, type Pointer } from './manifest.ts';
import { type Inventory, takeInventory } from './names/inventory.ts';
import { parsePointer } from './pointer.ts';
import { Overtaken } from './switch.ts';

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

/** The highest generation that lies there, or that the pointer tells. */
export const newestIn = (lies: Inventory, pointer: Pointer | undefined): number =>
  Math.max(pointer?.generation ?? 0, lies.generation);
