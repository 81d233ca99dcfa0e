import { undefinedIfDamaged } from '../lib/errors.ts';
import { collect } from '../store/ranges.ts';
import type { Store } from '../store/store.ts';
import { damagedIn } from './check/verify.ts';
import { type Build, type Manifest, numberOf, type Pointer } from './manifest.ts';
import type { Inventory } from './names/inventory.ts';
import { readManifest } from './read.ts';
import { namesOnlyIn } from './tree/difference.ts';

/** By manifest of a kept build: the blobs that it needs and that neither the current build nor a kept one before it names. */
export type Needs = { [manifest: string]: string[] };

/** Older builds that are kept where nothing was deleted. */
export const KEPT_BUILDS = 7;

/** A build that was current, as it stands among the kept ones. */
export function keptOf(pointer: Pointer, manifest: Manifest): Build {
  const { manifest: key, sha256, publishedAt, calls, state } = pointer;
  const known = calls === undefined ? {} : { calls };
  // Blobs of a state that its manifest does not name are not kept.
  return {
    generation: numberOf(pointer),
    manifest: key,
    sha256,
    publishedAt,
    ...known,
    ...(manifest.state && { state }),
  };
}

/** The build whose state knows every call that any of the builds that can be read shows: no deletion lies between them. */
export const newestOf = (pointer: Pointer): Build =>
  pointer.kept.reduce((newest: Build, each) => (numberOf(each) > numberOf(newest) ? each : newest), pointer);

/**
 * What kept builds need and the current one does not. The needs of one build are in the lists of all that stand before it too; those
 * that stand last are given up first.
 * @param current what need not be listed
 * @param known lists that an older manifest has already
 * @returns only of builds whose manifest can be read; nobody can read the others
 */
async function needsOf(
  store: Store,
  org: string,
  kept: readonly Build[],
  current: Manifest,
  known: Needs,
): Promise<Needs> {
  const listed = new Set<string>();
  const needs: Needs = {};
  for (const { manifest, ...build } of kept) {
    const names = known[manifest] ?? (await namesIn(store, org, { manifest, ...build }, current));
    if (names === undefined) continue;
    needs[manifest] = [...new Set(names)].filter((blob) => !listed.has(blob));
    for (const blob of needs[manifest]) listed.add(blob);
  }
  return needs;
}

/** The same of all builds that are kept beside a current one: after a rollback its own lists do not tell of those made later. */
export const needsBeside = (store: Store, org: string, { kept }: Pointer, current: Manifest): Promise<Needs> =>
  needsOf(store, org, kept, current, current.older ?? {});

/** What a build needs and the current one does not; undefined where it cannot be read. */
const namesIn = async (store: Store, org: string, build: Build, current: Manifest): Promise<string[] | undefined> =>
  readManifest(store, org, build)
    .then((manifest) => collect(namesOnlyIn(manifest, current)))
    .catch(undefinedIfDamaged);

/**
 * The older builds that a new one keeps, the one that it replaces first. One that lost its manifest is given up with those after
 * it, since their needs are partly in its list.
 */
export function keptBeside(last: Pointer, manifest: Manifest, lies: Inventory, most: number): Build[] {
  const kept = [keptOf(last, manifest), ...last.kept].slice(0, most);
  const gap = kept.findIndex((build) => !lies.has(build.manifest));
  return gap < 0 ? kept : kept.slice(0, gap);
}

/**
 * Needs of kept builds as `needsOf` tells them, and those builds of which nothing is missing. A list tells no sizes, so what is
 * smaller than it was is found by whoever makes such a build current again.
 * @param damaged keys inside the organization that are known to be no good
 */
export async function wholeNeedsOf(
  store: Store,
  org: string,
  kept: readonly Build[],
  {
    lies,
    damaged,
    current,
    known,
  }: { lies: Inventory; damaged?: ReadonlySet<string>; current: Manifest; known: Needs },
): Promise<{ kept: Build[]; needs: Needs }> {
  const needs = await needsOf(store, org, kept, current, known);
  const readable = kept.filter((build) => Object.hasOwn(needs, build.manifest));
  const isGood = (key: string) => lies.has(key) && !damaged?.has(key);
  if ([...Object.values(needs).flat(), ...readable.map(({ manifest }) => manifest)].every(isGood))
    return { kept: readable, needs };
  const whole: Build[] = [];
  for (const build of readable) {
    const manifest = await readManifest(store, org, build).catch(undefinedIfDamaged);
    if (manifest && isGood(build.manifest) && (await damagedIn(lies, manifest, damaged)).size === 0) whole.push(build);
  }
  // No list of a build that is left may rest on one of a build that is given up.
  return { kept: whole, needs: await needsOf(store, org, whole, current, {}) };
}
