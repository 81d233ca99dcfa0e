import { readAnyState, type State } from './days/state.ts';
import { Damaged } from './lib/errors.ts';
import { callPath } from './lib/paths.ts';
import { type Printable, say } from './lib/printable.ts';
import { newestOf } from './publish/kept.ts';
import { type Build, blobsOf, generationIn, type Manifest, numberOf } from './publish/manifest.ts';
import { findManifest, readManifest } from './publish/read.ts';
import type { Inventory, Start } from './publish/start.ts';
import { damagedIn } from './publish/verify.ts';
import { lostRows } from './source/sheets.ts';
import type { Store } from './store/store.ts';

/** A build whose files and state can be used again, or compared with. */
export interface PreviousBuild {
  manifest: Manifest;
  state: State;
}

/** What can still be read of the build before this run. */
export interface LastBuild extends Partial<PreviousBuild> {
  /** Calls that its pointer says it shows. */
  calls?: number;
}

/** The build that a run starts from, or, where the pointer is lost, the newest of which a manifest lies there. */
export async function openLastBuild(store: Store, org: string, { pointer, lies }: Start): Promise<LastBuild> {
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
  return { manifest, state, calls: pointer.calls };
}

/** The same where its files and state may be used again: made by the same code and configuration, and nothing of both is damaged. */
export const usableBuild = ({ manifest, state }: LastBuild, fingerprint: string): PreviousBuild | undefined =>
  manifest && state?.fingerprint === fingerprint ? { manifest, state } : undefined;

/** What a run makes of the build before it, in words. */
export function openedText(
  { pointer, etag }: Start,
  { manifest, state }: LastBuild,
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
  if (!state) return say`the state of ${name} is lost or damaged, so everything is built again`;
  return state.fingerprint === fingerprint
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
  return state?.fingerprint === current?.fingerprint ? state : undefined;
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
  const days = Object.values(state.days).map(({ blob }) => blob);
  // An older version's manifest does not name the days.
  for (const blob of days) if (!lies.has(blob)) damaged.add(blob);
  for (const blob of [...blobsOf(manifest), ...days]) if (marked.has(blob)) damaged.add(blob);
  return damaged;
}

/** What of a build can be used again where some of its blobs are gone or damaged, and the calls to be read again for the rest. */
export function withoutDamaged(
  { manifest, state }: PreviousBuild,
  damaged: ReadonlySet<string>,
): PreviousBuild & { again: string[] } {
  if (damaged.size === 0) return { manifest, state, again: [] };
  const isWhole = ([, { blob }]: [string, { blob: string }]) => !damaged.has(blob);
  const files = Object.fromEntries(Object.entries(manifest.files).filter(isWhole));
  const days = Object.fromEntries(Object.entries(state.days).filter(isWhole));
  const again = Object.entries(state.calls).flatMap(([id, { kind, alias, day }]) => {
    if (kind !== 'call' || day === undefined) return [];
    return Object.hasOwn(days, day) && Object.hasOwn(files, callPath({ id, alias })) ? [] : [id];
  });
  return { manifest: { ...manifest, files }, state: { ...state, days }, again };
}

/** Whether anything that was read before is gone: a call, one of its objects, or a row. */
export function lostObjects(before: State, after: State): boolean {
  const now = new Map(Object.entries(after.calls).map(([id, { etags }]) => [id, new Set(Object.keys(etags))]));
  const lost = Object.entries(before.calls).some(([id, { etags }]) =>
    Object.keys(etags).some((part) => !now.get(id)?.has(part)),
  );
  return lost || lostRows(before.sheets, after.sheets);
}

const orDamaged = <T>(reading: Promise<T>): Promise<T | undefined> =>
  reading.catch((error) => {
    if (error instanceof Damaged) return undefined;
    throw error;
  });
