import type { CallBlocks, KnownCall } from './days/known-call.ts';
import { blobsOfMonths } from './days/months.ts';
import { callsOfOlder } from './days/older-state.ts';
import { blobsOfRanges, callsOf, countsOf, rangeReader } from './days/ranges.ts';
import { readAnyState, type State } from './days/state.ts';
import { Damaged, undefinedIfDamaged } from './lib/errors.ts';
import { callPath } from './lib/paths.ts';
import { type Printable, say } from './lib/printable.ts';
import type { Fault } from './publish/check/verify.ts';
import { newestOf } from './publish/kept.ts';
import { type Build, generationIn, type Manifest, numberOf } from './publish/manifest.ts';
import type { Inventory } from './publish/names/inventory.ts';
import { findManifest, readManifest } from './publish/read.ts';
import type { Start } from './publish/start.ts';
import { partOf } from './publish/tree/part.ts';
import { bitsIn, isTree, type TreeManifest, withoutParts } from './publish/tree/tree.ts';
import type { Store } from './store/store.ts';

/** A build whose files and state can be used again, or compared with. */
export interface PreviousBuild {
  manifest: TreeManifest;
  state: State;
}

/** What can still be read of the build before this run. */
export interface LastBuild {
  manifest?: Manifest;
  state?: State;
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
    const manifests = [...lies.others()].filter((key) => key.endsWith('.json') && generationIn(key) !== undefined);
    manifests.sort((a, b) => (generationIn(b) ?? 0) - (generationIn(a) ?? 0));
    for (const key of manifests) {
      const manifest = await findManifest(store, org, key).catch(undefinedIfDamaged);
      if (manifest) return { manifest };
    }
    return {};
  }
  const [manifest, state] = await Promise.all([
    readManifest(store, org, pointer).catch(undefinedIfDamaged),
    readAnyState(store, org, pointer.state),
  ]);
  const { calls } = pointer;
  const ranges = state && state.version !== 1 ? blobsOfRanges(state.ranges) : [];
  if (!state || !ranges.every((blob) => isWhole(lies, blob, manifest))) return { manifest, calls };
  const read = rangeReader(store, org);
  const known = () => (state.version === 3 ? callsOf(read, state.ranges) : callsOfOlder(state, read));
  if (deep && !(await canBeRead(known()))) return { manifest, calls };
  return { manifest, ...(state.version === 3 && { state }), known, calls };
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

/**
 * The same where its files and state may be used again: made by the same code and configuration, nothing of both is damaged, and there is
 * a page for each call.
 */
export function usableBuild({ manifest, state }: LastBuild, fingerprint: string): PreviousBuild | undefined {
  if (!manifest || !isTree(manifest) || state?.fingerprint !== fingerprint) return undefined;
  return manifest.files.calls === (countsOf(state.ranges).kinds.call ?? 0) ? { manifest, state } : undefined;
}

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
  return state?.version === 3 && state.fingerprint === current?.fingerprint ? state : undefined;
}

/** What of a build can be used again where some of its blobs are gone or damaged. */
export interface Whole extends PreviousBuild {
  /** Whether a call is to be read again for what was in them. */
  isAgain(id: string, known: KnownCall | undefined): boolean;
  /** Paths of files that cannot be used again, as far as their part of the manifest is whole. */
  lost: ReadonlySet<string>;
}

/**
 * @param faults by key inside the organization
 * @throws {Damaged} where its state cannot be used again
 */
export function withoutDamaged(
  store: Store,
  { manifest, state }: PreviousBuild,
  faults: ReadonlyMap<string, Fault>,
): Whole {
  if (faults.size === 0) return { manifest, state, isAgain: () => false, lost: new Set() };
  const range = blobsOfRanges(state.ranges).find((blob) => faults.has(blob));
  if (range !== undefined) throw new Damaged(`damaged state: ${manifest.organization}/${range}`);
  const all = [...faults.values()];
  const lost = new Set(all.flatMap(({ path }) => path ?? []));
  const lostParts = new Set(all.flatMap(({ part }) => (part?.family === 'calls' ? part.index : [])));
  const bits = bitsIn(manifest.files.lists.calls);
  const isWholeDay = (day: string) => [state.days[day], state.terms[day]].every((at) => at && !faults.has(at.blob));
  const wholeDays = (of: State['days']) => Object.fromEntries(Object.entries(of).filter(([day]) => isWholeDay(day)));
  const [days, terms] = [wholeDays(state.days), wholeDays(state.terms)];
  const segments = state.segments && !faults.has(state.segments.blob) ? state.segments : undefined;
  const months = Object.fromEntries(
    Object.entries(state.months).filter(
      ([month, at]) => !blobsOfMonths({ [month]: at }).some((blob) => faults.has(blob)),
    ),
  );
  const files = withoutParts(store, manifest.organization, manifest.files, new Set(faults.keys()));
  return {
    ...{ manifest: { ...manifest, files }, state: { ...state, days, terms, months, segments }, lost },
    isAgain(id, known) {
      if (known?.kind !== 'call' || known.day === undefined) return false;
      const path = callPath({ id, alias: known.alias });
      return !Object.hasOwn(days, known.day) || lost.has(path) || lostParts.has(partOf(path, bits));
    },
  };
}
