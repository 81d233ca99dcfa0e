import { randomUUID } from 'node:crypto';
import { encodeText, sha256, stableJson } from '../lib/bytes.ts';
import type { ConditionalWrites } from '../store/probe.ts';
import { PreconditionFailed, type Store } from '../store/store.ts';
import { leftovers, removeAll } from './clean-up.ts';
import { KEPT_BUILDS, keptBeside, neededBy, wholeNeedsOf } from './kept.ts';
import { type Build, blobsOf, type Manifest, type Pointer, type StateAt } from './manifest.ts';
import { readManifest } from './read.ts';
import { type Inventory, newestIn, type Start, takeInventory } from './start.ts';
import { switchPointer } from './switch.ts';
import { verifyNew } from './verify.ts';

/** What a run wants to be current. */
export interface NewBuild {
  manifest: Manifest;
  state: StateAt;
  /** Blobs that the state names, beside its own. */
  stateBlobs: readonly string[];
  /** Calls that the site shows. */
  calls: number;
  /** What this run wrote: key inside the organization → SHA-256 of the bytes as stored. */
  written: ReadonlyMap<string, string>;
  /** What the run started from. */
  over: Start;
  /** Manifest of the build that is replaced; undefined where no older build may be read any more, such as after a deletion. */
  before: Manifest | undefined;
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
  const lies = await takeInventory(store, org, last);
  const named = { ...build.manifest, state: sizesOf(lies, [build.state.blob, ...build.stateBlobs]) };
  await verifyNew(store, org, named, lies, build.written);

  const { before } = build;
  const older = last && before ? keptBeside(last, before, lies, build.keepBuilds ?? KEPT_BUILDS) : [];
  const known = last && before ? { ...before.older, [last.manifest]: [...blobsOf(before)] } : {};
  const about = { lies, damaged: build.damaged, current: named, known };
  const { kept, needs } = await wholeNeedsOf(store, org, older, about);
  const manifest: Manifest = kept.length > 0 ? { ...named, older: needs } : named;
  const pointer: Pointer = {
    version: 1,
    organization: org,
    ...(await putManifest(store, org, generation, manifest, build.keeps)),
    // A later run is above all that has been written meanwhile too, so that clean-up removes nothing of it.
    generation: Math.max(generation, newestIn(lies, last)),
    publishedAt: build.publishedAt,
    calls: build.calls,
    nonce: randomUUID(),
    state: build.state,
    kept,
  };
  await switchPointer(store, org, pointer, etag, build.keeps);
  await removeAll(store, org, leftovers(lies, neededBy(pointer, manifest, needs)));
  return pointer;
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
  manifest: Manifest,
  { createOnly }: ConditionalWrites,
): Promise<Pick<Build, 'manifest' | 'sha256'>> {
  const bytes = encodeText(stableJson(manifest));
  const hash = sha256(bytes);
  const build = { generation, manifest: `builds/${generation}-${hash.slice(0, 16)}.json`, sha256: hash };
  await store.put(`${org}/${build.manifest}`, bytes, createOnly ? { ifNoneMatch: '*' } : {}).catch((error) => {
    if (!(error instanceof PreconditionFailed)) throw error;
  });
  await readManifest(store, org, build);
  return { manifest: build.manifest, sha256: hash };
}
