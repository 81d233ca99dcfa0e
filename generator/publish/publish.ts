import { randomUUID } from 'node:crypto';
import { sha256 } from '../lib/bytes.ts';
import { undefinedIfDamaged } from '../lib/errors.ts';
import type { ConditionalWrites } from '../store/probe.ts';
import { collect } from '../store/ranges.ts';
import { PreconditionFailed, type Store } from '../store/store.ts';
import { verifyNew } from './check/verify.ts';
import type { Draft } from './draft.ts';
import { KEPT_BUILDS, keptBeside, type Needs, wholeNeedsOf } from './kept.ts';
import { leftovers, removeAll } from './leftovers.ts';
import type { Build, Manifest, Pointer, StateAt } from './manifest.ts';
import { type Inventory, takeInventory } from './names/inventory.ts';
import { readManifest } from './read.ts';
import { newestIn, type Start } from './start.ts';
import { Overtaken, switchPointer } from './switch.ts';
import { namesOnlyIn } from './tree/difference.ts';
import { encodeRoot, type Root } from './tree/root.ts';
import { openTree } from './tree/tree.ts';

/** What a run wants to be current. */
export interface NewBuild {
  files: Draft;
  /** Content-Security-Policy of its pages. */
  csp: string;
  state: StateAt;
  /** Blobs that the state names, beside its own. */
  stateBlobs: readonly string[];
  /** Calls that the site shows. */
  calls: number;
  /** What this run wrote: key inside the organization → SHA-256 of the bytes as stored. */
  written: Iterable<readonly [blob: string, hash: string]>;
  /** What the run started from. */
  over: Start;
  /** Manifest of the build that is replaced, where it can be compared with. */
  before: Manifest | undefined;
  /** What builds kept beside that one need and it does not. */
  needs: Needs;
  /** False where no older build may be read any more, such as after a deletion. */
  mayKeep: boolean;
  /** Blobs of the build before that are known to be no good: an older build that needs one is given up. */
  damaged?: ReadonlySet<string>;
  /** Most older builds that are kept; 7 by default. */
  keepBuilds?: number;
  /** What the store keeps of conditional writes, as probed. */
  keeps: ConditionalWrites;
  /** ISO 8601. */
  publishedAt: string;
}

/**
 * Make a build current by one switch: verify, manifest, pointer. Before it a reader sees the old site, after it the new one. What
 * nobody needs then is removed: what was listed before the switch belongs to runs that started before it, and none of them can win.
 * @throws {Overtaken} where another run was faster, {Damaged} where a blob is not there as it was written
 */
export async function publish(store: Store, org: string, build: NewBuild): Promise<Pointer> {
  const { pointer: last, etag, generation } = build.over;
  const lists = await build.files.write();
  const lies = await takeInventory(store, org, last);
  if (etag === undefined && isSwept(build.over.lies, lies)) throw new Overtaken(org);
  const state = sizesOf(lies, [build.state.blob, ...build.stateBlobs]);
  const made = { organization: org, csp: build.csp, state };
  const files = openTree(store, org, lists);
  if (files.calls !== build.calls) throw new Error(`${files.calls} pages of ${build.calls} calls`);
  const current: Manifest = { ...made, files };
  const { before } = build;
  const only = before && (await collect(namesOnlyIn(before, current)).catch(undefinedIfDamaged));
  const gone = [...(only ?? []), ...Object.values(build.needs).flat()];
  await verifyNew(store, org, current, lies, build.written, gone);

  // Where parts of the build before cannot be read, no older one is kept: what these need is not known.
  const known = build.mayKeep && last && only ? { ...build.needs, [last.manifest]: only } : undefined;
  const older = last && before && known ? keptBeside(last, before, lies, build.keepBuilds ?? KEPT_BUILDS) : [];
  const { kept, needs } = await wholeNeedsOf(store, org, older, {
    lies,
    damaged: build.damaged,
    current,
    known: known ?? {},
  });
  const root: Root = { version: 2, ...made, lists, ...(kept.length > 0 && { older: needs }) };
  const pointer: Pointer = {
    version: 1,
    organization: org,
    ...(await putManifest(store, org, generation, root, build.keeps)),
    // A later run is above all that has been written meanwhile too, so that clean-up removes nothing of it.
    generation: Math.max(generation, newestIn(lies, last)),
    publishedAt: build.publishedAt,
    calls: build.calls,
    nonce: randomUUID(),
    state: build.state,
    kept,
  };
  await switchPointer(store, org, pointer, etag, build.keeps);
  await removeAll(store, org, await leftovers(lies, pointer, current, needs, gone));
  return pointer;
}

/**
 * Whether the organization was removed since the run began. Where there is a pointer, its switch tells; where it was lost, none is there to be
 * written over, and only what lay there tells: a run that publishes meanwhile leaves a pointer, so all of it goes by a removal alone.
 */
function isSwept(before: Inventory, now: Inventory): boolean {
  for (const name of before.keys()) if (now.has(name)) return false;
  return before.size > 0;
}

function sizesOf(lies: Inventory, blobs: readonly string[]): { [blob: string]: number } {
  // A missing one has no size, which is not that of any object.
  return Object.fromEntries(blobs.map((blob) => [blob, lies.get(blob)?.size ?? -1]));
}

/** Write a manifest and read it back. @throws {Damaged} where it does not lie there whole */
async function putManifest(
  store: Store,
  org: string,
  generation: number,
  root: Root,
  { createOnly }: ConditionalWrites,
): Promise<Pick<Build, 'manifest' | 'sha256'>> {
  const bytes = encodeRoot(root);
  const hash = sha256(bytes);
  const build = { generation, manifest: `builds/${generation}-${hash.slice(0, 16)}.json`, sha256: hash };
  await store.put(`${org}/${build.manifest}`, bytes, createOnly ? { ifNoneMatch: '*' } : {}).catch((error) => {
    if (!(error instanceof PreconditionFailed)) throw error;
  });
  await readManifest(store, org, build);
  return { manifest: build.manifest, sha256: hash };
}
