import { sha256 } from '../../lib/bytes.ts';
import { undefinedIfDamaged } from '../../lib/errors.ts';
import { mapConcurrent } from '../../lib/map-concurrent.ts';
import type { Store } from '../../store/store.ts';
import { type Build, isManifest, type Manifest, numberOf, POINTER, type SiteFile } from '../manifest.ts';
import { nameSet } from '../names/name-map.ts';
import { readManifest, readSiteFile } from '../read.ts';
import { openStart, type Start } from '../start.ts';
import { Overtaken } from '../switch.ts';
import { sampleOf } from './sample.ts';
import { damagedIn, type Fault, type Verdict, verdictOf } from './verify.ts';

/** One object of a site that is not as it was written. */
export interface Damage {
  /** The newest build that needs it; absent for the pointer. */
  build?: number;
  /** Whether that is the current one. */
  current: boolean;
  /** Key inside the organization. */
  key: string;
  verdict: Verdict;
  /** Of the site, where it is one of its files. */
  path?: string; // e.g., "/calls/a/"
}

export interface Inspection {
  /** Builds that can be read, the current one included. */
  builds: number;
  /** Objects that they need. */
  objects: number;
  damage: Damage[];
  /** Of the pointer, for whoever marks the damage. */
  generation: number;
}

/** A run that publishes meanwhile removes what is being looked at: then it is looked at again. */
const ATTEMPTS = 3;

/**
 * Look at everything that the current and the kept builds of an organization need: whether it is there with its size, and, where
 * `deep`, whether its bytes are right.
 * @returns undefined where nothing is published
 * @throws {Overtaken} where runs publish all the time
 */
export async function inspectSite(store: Store, org: string, deep: boolean): Promise<Inspection | undefined> {
  for (let attempt = 1; ; attempt++) {
    try {
      const start = await openStart(store, org);
      if (start.etag === undefined && ![...start.lies.others()].some(isManifest)) return undefined;
      const found = await inspect(store, org, start, deep);
      if (found.damage.length === 0 || (await store.get(`${org}/${POINTER}`))?.etag === start.etag) return found;
      if (attempt === ATTEMPTS) throw new Overtaken(org);
    } catch (error) {
      if (!(error instanceof Overtaken) || attempt === ATTEMPTS) throw error;
    }
  }
}

async function inspect(store: Store, org: string, { pointer, etag, lies }: Start, deep: boolean): Promise<Inspection> {
  const damage = new Map<string, Damage>();
  if (!pointer) {
    const verdict = etag === undefined ? 'missing' : 'damaged';
    const all = [{ current: true, key: POINTER, verdict } as const];
    return { builds: 0, objects: lies.size, damage: all, generation: 0 };
  }
  const add = (build: Build, key: string, verdict: Verdict, path?: string) => {
    const known = { build: numberOf(build), current: build === pointer, key, verdict };
    if (!damage.has(key)) damage.set(key, path === undefined ? known : { ...known, path });
  };
  const seen = nameSet();
  seen.set(POINTER, true);
  // One after the other: the manifest of a large site is large.
  for (const build of [pointer, ...pointer.kept]) {
    seen.set(build.manifest, true);
    const manifest = await readManifest(store, org, build).catch(undefinedIfDamaged);
    if (!manifest) {
      add(build, build.manifest, lies.has(build.manifest) ? 'damaged' : 'missing');
      continue;
    }
    for (const [blob, { verdict, path }] of await damagedIn(lies, manifest)) add(build, blob, verdict, path);
    const look = (names: { blob: string; path?: string; file?: SiteFile }[]) =>
      mapConcurrent(names, async ({ blob, path, file }) => {
        if (seen.has(blob)) return;
        seen.set(blob, true);
        const verdict = lies.has(blob)
          ? deep && !damage.has(blob) && (await judgeBlob(store, org, blob, file))
          : 'missing';
        if (verdict) add(build, blob, verdict, path);
      });
    const state = [...Object.keys(manifest.state ?? {}), ...(build.state ? [build.state.blob] : [])];
    await look([...new Set(state)].map((blob) => ({ blob })));
    for (const { at, load } of manifest.files.parts()) {
      // What is in a part that a later build has too has been looked at.
      if (at && seen.has(at.blob)) continue;
      if (at) seen.set(at.blob, true);
      const files = await load().catch(undefinedIfDamaged);
      if (at && !files) add(build, at.blob, lies.has(at.blob) ? 'damaged' : 'missing');
      await look([...(files ?? [])].map(([path, file]) => ({ blob: file.blob, path, file })));
    }
  }
  const { generation } = pointer;
  return { builds: 1 + pointer.kept.length, objects: seen.size, damage: [...damage.values()], generation };
}

/**
 * Whether the bytes of a blob are right.
 * @param file of which it is the blob; absent: it belongs to a state, and is named by the hash of its bytes as stored
 */
async function judgeBlob(store: Store, org: string, blob: string, file?: SiteFile): Promise<Verdict | undefined> {
  if (file) return verdictOf(readSiteFile(store, org, file));
  const object = await store.get(`${org}/${blob}`);
  if (!object) return 'missing';
  return blob.startsWith(`blobs/${sha256(object.body)}.`) ? undefined : 'damaged';
}

/**
 * Of what a build reads of the one before, parts of its manifest and blobs of its state: those whose bytes are not right.
 * @returns keys inside the organization
 */
export async function damagedReadings(store: Store, org: string, { files, state = {} }: Manifest): Promise<string[]> {
  const parts = await mapConcurrent(files.parts(), async ({ at, load }) =>
    at && (await verdictOf(load())) ? [at.blob] : [],
  );
  const blobs = await mapConcurrent(Object.keys(state), async (blob) =>
    (await judgeBlob(store, org, blob)) ? [blob] : [],
  );
  return [...parts, ...blobs].flat();
}

/** Blobs that an idle run looks into, and parts of the manifest that it reads to choose them. */
const SAMPLE = 16;

/**
 * Look into some blobs of a build and some parts of its manifest, each time into others.
 * @param turn decides which: the same turn, the same ones
 * @returns those that are not right
 */
export async function damagedSample(
  store: Store,
  org: string,
  { files, state = {} }: Manifest,
  turn: string,
): Promise<Map<string, Fault>> {
  const damaged = new Map<string, Fault>();
  const pool: { blob: string; path?: string; file?: SiteFile }[] = Object.keys(state).map((blob) => ({ blob }));
  await mapConcurrent(sampleOf([...files.parts()], SAMPLE, turn), async ({ at, place, load }) => {
    const held = await load().catch(undefinedIfDamaged);
    if (held) for (const [path, file] of held) pool.push({ blob: file.blob, path, file });
    else if (at) damaged.set(at.blob, { verdict: 'damaged', part: place });
  });
  await mapConcurrent(sampleOf(pool, SAMPLE, turn), async ({ blob, path, file }) => {
    const verdict = await judgeBlob(store, org, blob, file);
    if (verdict) damaged.set(blob, { verdict, path });
  });
  return damaged;
}
