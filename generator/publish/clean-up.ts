import { randomUUID } from 'node:crypto';
import { mapConcurrent } from '../lib/map-concurrent.ts';
import type { ConditionalWrites } from '../store/probe.ts';
import type { Store } from '../store/store.ts';
import { type Needs, neededBy, wholeNeedsOf } from './kept.ts';
import { type Build, generationIn, type Manifest, type Pointer } from './manifest.ts';
import { type Inventory, newestIn, type Start } from './start.ts';
import { switchPointer } from './switch.ts';

/** For so long what a later generation wrote may belong to a run that is still going to publish. */
const GRACE_MS = 24 * 60 * 60_000;

/** What is to be tidied up where nothing is to be published. */
export interface Idle {
  start: Start & { pointer: Pointer; etag: string };
  /** Of the current build. */
  manifest: Manifest;
  /** Keys inside the organization that are known to be no good: a kept build that needs one is given up. */
  damaged: ReadonlySet<string>;
  /** Older builds that may still be read. */
  kept: readonly Build[];
  /** What they need that the current one does not, as far as it is known. */
  needs: Needs;
  /** A time that the store's clock has reached, in milliseconds since the epoch, where one is known. */
  storeTime?: number;
  /** Asked only where the pointer has to be written. */
  keeps: () => Promise<ConditionalWrites>;
}

/**
 * Remove what killed and overtaken runs have left, and older builds that may not be read any more. What bears a generation up to the
 * pointer's goes at once, since no run that can still publish needs it. Where something later has lain there longer than a grace, by the
 * store's clock, the pointer is written anew first: a run that has slept so long can then not publish any more, so all of it goes.
 * @returns objects removed
 * @throws {Overtaken} where another run published meanwhile
 */
export async function tidyUp(store: Store, org: string, idle: Idle): Promise<number> {
  const { start, manifest, keeps } = idle;
  const { pointer, lies } = start;
  const leftBy = async (by: Pick<Pointer, 'manifest' | 'kept'>, needs: Needs) =>
    leftovers(lies, await neededBy(lies, by, manifest, needs));
  const known = Object.fromEntries(
    Object.entries(idle.needs).filter(([key]) => idle.kept.some((build) => build.manifest === key)),
  );
  // Most runs find nothing, and need not read the manifests of builds whose needs no list tells.
  const wanted = [...idle.kept.map((build) => build.manifest), ...Object.values(known).flat()];
  const isComplete = idle.kept.length === pointer.kept.length && wanted.every((key) => lies.has(key));
  if (isComplete && idle.damaged.size === 0 && (await leftBy(pointer, known)).length === 0) return 0;
  const { kept, needs } = await wholeNeedsOf(store, org, idle.kept, {
    lies,
    damaged: idle.damaged,
    current: manifest,
    known,
  });
  const isAllKept = kept.length === pointer.kept.length;
  const fence = { ...pointer, kept, generation: newestIn(lies, pointer), nonce: randomUUID() };
  const doomed = await leftBy(fence, needs);
  const isPast = (key: string) => (generationIn(key) ?? 0) <= pointer.generation;
  const oldest = newestTime(lies, idle.storeTime) - GRACE_MS;
  const isFenced = !isAllKept || doomed.some((key) => !isPast(key) && (lies.get(key)?.modified ?? oldest) < oldest);
  if (isFenced) {
    await switchPointer(store, org, fence, start.etag, await keeps());
  }
  const going = isFenced ? doomed : doomed.filter(isPast);
  await removeAll(store, org, going);
  return going.length;
}

function newestTime(lies: Inventory, storeTime = 0): number {
  let newest = storeTime;
  for (const { modified = 0 } of lies.values()) newest = Math.max(newest, modified);
  return newest;
}

/** Keys of builds and blobs that lie there and that nobody needs. Names that no run gives are left alone. */
export const leftovers = (lies: Inventory, isNeeded: (key: string) => boolean): string[] =>
  [...lies.keys()].filter((key) => generationIn(key) !== undefined && !isNeeded(key));

export const removeAll = (store: Store, org: string, keys: readonly string[]): Promise<unknown> =>
  mapConcurrent(keys, (key) => store.remove(`${org}/${key}`));
