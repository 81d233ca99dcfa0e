import { callsOfFirst } from './days/first-state.ts';
import type { CallBlocks, KnownCall } from './days/known-call.ts';
import { blobsOfRanges, callsOf, rangeReader } from './days/ranges.ts';
import { blobsOfState, readAnyState, type State } from './days/state.ts';
import { Damaged } from './lib/errors.ts';
import { callPath } from './lib/paths.ts';
import { type Printable, say } from './lib/printable.ts';
import { newestOf } from './publish/kept.ts';
import { type Build, blobsOf, generationIn, type Manifest, numberOf } from './publish/manifest.ts';
import { findManifest, readManifest } from './publish/read.ts';
import type { Inventory, Start } from './publish/start.ts';
import { damagedIn } from './publish/verify.ts';
import type { Store } from './store/store.ts';

/** A build whose files and state can be used again, or compared with. */
export interface PreviousBuild {
  manifest: Manifest;
  state: State;
}

/** What can still be read of the build before this run. */
export interface LastBuild extends Partial<PreviousBuild> {
  /** The calls of its state in the order of calls, also where an older version made it; undefined where they are lost. */
  known?: () => CallBlocks;
  /** Calls that its pointer says it shows. */
  calls?: number;
}

/**
 * The build that a run starts from, or, where the pointer is lost, the newest of which a manifest lies there.
 * @param deep read all of its state: whoever builds everything again has no other occasion to find out whether it can be read
 */
export async function openLastBuild(
  store: Store,
  org: string,
  { pointer, lies }: Start,
  deep = false,
): Promise<LastBuild> {
  if (!pointer) {
    const manifests = [...lies.keys()].filter((key) => key.endsWith('.json') && generationIn(key) !== undefined);
    manifests.sort((a, b) => (generationIn(b) ?? 0) - (generationIn(a) ?? 0));
    for (const key of manifests) {
      const manifest = await orDamaged(findManifest(store, org, key));
      if (manifest) return { manifest };
    }
    return {};
  }
  const [manifest, state] = await Promise.all([
    orDamaged(readManifest(store, org, pointer)),
    readAnyState(store, org, pointer.state),
  ]);
  const { calls } = pointer;
  if (state?.version === 1) return { manifest, known: () => [callsOfFirst(state)], calls };
  const isThere = state && blobsOfRanges(state.ranges).every((blob) => isWhole(lies, blob, manifest));
  if (!state || !isThere) return { manifest, calls };
  const known = () => callsOf(rangeReader(store, org), state.ranges);
  if (deep && !(await canBeRead(known()))) return { manifest, calls };
  return { manifest, state, known, calls };
}

/** As far as a listing tells; the manifest of an older version, or a lost one, knows no size. */
function isWhole(lies: Inventory, blob: string, manifest: Manifest | undefined): boolean {
  const size = lies.get(blob)?.size;
  return size !== undefined && size === (manifest?.state?.[blob] ?? size);
}

async function canBeRead(blocks: CallBlocks): Promise<boolean> {
  try {
    for await (const _ of blocks);
    return true;
  } catch (error) {
    if (error instanceof Damaged) return false;
    throw error;
  }
}

/** The same where its files and state may be used again: made by the same code and configuration, and nothing of both is damaged. */
export const usableBuild = ({ manifest, state }: LastBuild, fingerprint: string): PreviousBuild | undefined =>
  manifest && state?.fingerprint === fingerprint ? { manifest, state } : undefined;

/** What a run makes of the build before it, in words. */
export function openedText(
  { pointer, etag }: Start,
  { manifest, state, known }: LastBuild,
  fingerprint: string,
  force: boolean | undefined,
): Printable {
  if (!pointer && etag !== undefined)
    return say`the pointer of the earlier build is damaged, so everything is built again`;
  if (!pointer && manifest) return say`the pointer of the earlier build is lost, so everything is built again`;
  if (!pointer) return say`no earlier build, so everything is built`;
  const name = say`build ${numberOf(pointer)}`;
  if (force) return say`${name}; everything is built again, as asked`;
  if (!manifest) return say`the manifest of ${name} is lost or damaged, so everything is built again`;
  if (!known) return say`the state of ${name} is lost or damaged, so everything is built again`;
  return state?.fingerprint === fingerprint
    ? name
    : say`${name} was made by other code or from another configuration, so everything is built again`;
}

/**
 * The state that knows every call which the builds that can be read show: after a rollback that is not the current one's.
 * @param current the state of the current build
 * @returns undefined where it cannot be read
 */
export async function newestState(
  store: Store,
  org: string,
  { pointer }: Start,
  current: State | undefined,
): Promise<State | undefined> {
  const newest: Build | undefined = pointer && newestOf(pointer);
  if (newest === undefined || newest === pointer) return current;
  const state = newest.state && (await readAnyState(store, org, newest.state));
  return state?.version === 2 && state.fingerprint === current?.fingerprint ? state : undefined;
}

/**
 * Blobs of a build and its state that are gone, have another size than they should, or are known to be no good.
 * @param marked keys inside the organization that somebody has found to be damaged
 */
export function damagedOf(
  { manifest, state }: PreviousBuild,
  lies: Inventory,
  marked: ReadonlySet<string>,
): Set<string> {
  const damaged = new Set(damagedIn(lies, manifest).keys());
  for (const blob of blobsOfState(state)) if (!lies.has(blob)) damaged.add(blob);
  for (const blob of blobsOf(manifest)) if (marked.has(blob)) damaged.add(blob);
  return damaged;
}

/** What of a build can be used again where some of its blobs are gone or damaged. */
export interface Whole extends PreviousBuild {
  /** Whether a call is to be read again for what was in them. */
  isAgain(id: string, known: KnownCall | undefined): boolean;
}

/** @throws {Damaged} where its state cannot be used again */
export function withoutDamaged({ manifest, state }: PreviousBuild, damaged: ReadonlySet<string>): Whole {
  if (damaged.size === 0) return { manifest, state, isAgain: () => false };
  const lost = blobsOfRanges(state.ranges).find((blob) => damaged.has(blob));
  if (lost !== undefined) throw new Damaged(`damaged state: ${manifest.organization}/${lost}`);
  const isWhole = ([, { blob }]: [string, { blob: string }]) => !damaged.has(blob);
  const files = Object.fromEntries(Object.entries(manifest.files).filter(isWhole));
  const days = Object.fromEntries(Object.entries(state.days).filter(isWhole));
  return {
    manifest: { ...manifest, files },
    state: { ...state, days },
    isAgain(id, known) {
      if (known?.kind !== 'call' || known.day === undefined) return false;
      return !Object.hasOwn(days, known.day) || !Object.hasOwn(files, callPath({ id, alias: known.alias }));
    },
  };
}

const orDamaged = <T>(reading: Promise<T>): Promise<T | undefined> =>
  reading.catch((error) => {
    if (error instanceof Damaged) return undefined;
    throw error;
  });
