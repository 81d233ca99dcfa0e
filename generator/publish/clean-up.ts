import { randomUUID } from 'node:crypto';
import type { ConditionalWrites } from '../store/probe.ts';
import type { Store } from '../store/store.ts';
import { type Needs, wholeNeedsOf } from './kept.ts';
import { filtered, leftovers, removeAll } from './leftovers.ts';
import { type Build, generationIn, type Manifest, type Pointer } from './manifest.ts';
import { newestIn, type Start } from './start.ts';
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
  const known = Object.fromEntries(
    Object.entries(idle.needs).filter(([key]) => idle.kept.some((build) => build.manifest === key)),
  );
  // Most runs find nothing, and need not read the manifests of builds whose needs no list tells.
  const wanted = [...idle.kept.map((build) => build.manifest), ...Object.values(known).flat()];
  const isComplete = idle.kept.length === pointer.kept.length && wanted.every((key) => lies.has(key));
  if (isComplete && idle.damaged.size === 0 && !holds(await leftovers(lies, pointer, manifest, known))) return 0;
  const { kept, needs } = await wholeNeedsOf(store, org, idle.kept, {
    lies,
    damaged: idle.damaged,
    current: manifest,
    known,
  });
  const isAllKept = kept.length === pointer.kept.length;
  const fence = { ...pointer, kept, generation: newestIn(lies, pointer), nonce: randomUUID() };
  const doomed = await leftovers(lies, fence, manifest, needs);
  const isPast = (key: string) => (generationIn(key) ?? 0) <= pointer.generation;
  const oldest = Math.max(lies.time, idle.storeTime ?? 0) - GRACE_MS;
  const isOver = (key: string) => !isPast(key) && (lies.get(key)?.modified ?? oldest) < oldest;
  const isFenced = !isAllKept || holds(doomed, isOver);
  if (isFenced) {
    await switchPointer(store, org, fence, start.etag, await keeps());
  }
  return removeAll(store, org, isFenced ? doomed : filtered(doomed, isPast));
}

/** Whether any of them is there. */
function holds(keys: Iterable<string>, isIt: (key: string) => boolean = () => true): boolean {
  for (const key of keys) if (isIt(key)) return true;
  return false;
}
