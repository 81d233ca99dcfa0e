import { sha256 } from '../lib/bytes.ts';
import { Damaged } from '../lib/errors.ts';
import { mapConcurrent } from '../lib/map-concurrent.ts';
import type { Store } from '../store/store.ts';
import { type Build, blobsOf, isManifest, type Manifest, numberOf, POINTER, type SiteFile } from './manifest.ts';
import { readManifest, readSiteFile } from './read.ts';
import { sampleOf } from './sample.ts';
import { openStart, type Start } from './start.ts';
import { Overtaken } from './switch.ts';
import { damagedIn, type Verdict } from './verify.ts';

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
      if (start.etag === undefined && ![...start.lies.keys()].some(isManifest)) return undefined;
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
  const seen = new Set<string>([POINTER]);
  // One after the other: the manifest of a large site is large.
  for (const build of [pointer, ...pointer.kept]) {
    seen.add(build.manifest);
    const manifest = await readManifest(store, org, build).catch((error: unknown) => {
      if (!(error instanceof Damaged)) throw error;
    });
    if (!manifest) {
      add(build, build.manifest, lies.has(build.manifest) ? 'damaged' : 'missing');
      continue;
    }
    const paths = pathsOf(manifest);
    for (const [blob, verdict] of damagedIn(lies, manifest)) add(build, blob, verdict, paths.get(blob)?.path);
    const names = new Set([...blobsOf(manifest), ...(build.state ? [build.state.blob] : [])]);
    const fresh = [...names].filter((blob) => !seen.has(blob));
    for (const blob of fresh) {
      seen.add(blob);
      if (!lies.has(blob)) add(build, blob, 'missing', paths.get(blob)?.path);
    }
    if (!deep) continue;
    await mapConcurrent(
      fresh.filter((blob) => !damage.has(blob)),
      async (blob) => {
        const file = paths.get(blob);
        const verdict = await judgeBlob(store, org, blob, file?.file);
        if (verdict) add(build, blob, verdict, file?.path);
      },
    );
  }
  const { generation } = pointer;
  return { builds: 1 + pointer.kept.length, objects: seen.size, damage: [...damage.values()], generation };
}

/** Blob → the first path that it is the file of. */
function pathsOf({ files }: Manifest): Map<string, { path: string; file: SiteFile }> {
  const paths = new Map<string, { path: string; file: SiteFile }>();
  for (const [path, file] of Object.entries(files)) if (!paths.has(file.blob)) paths.set(file.blob, { path, file });
  return paths;
}

/**
 * Whether the bytes of a blob are right.
 * @param file of which it is the blob; absent: it belongs to a state, and is named by the hash of its bytes as stored
 */
async function judgeBlob(store: Store, org: string, blob: string, file?: SiteFile): Promise<Verdict | undefined> {
  if (file)
    return readSiteFile(store, org, file).then(
      () => undefined,
      (error: unknown) => {
        if (!(error instanceof Damaged)) throw error;
        return 'damaged';
      },
    );
  const object = await store.get(`${org}/${blob}`);
  if (!object) return 'missing';
  return blob.startsWith(`blobs/${sha256(object.body)}.`) ? undefined : 'damaged';
}

/** Blobs that an idle run looks into. */
const SAMPLE = 16;

/**
 * Look into some blobs of a build, each time into others.
 * @param turn decides which: the same turn, the same ones
 * @returns those that are not right
 */
export async function damagedSample(store: Store, org: string, manifest: Manifest, turn: string): Promise<string[]> {
  const names = [...new Set(blobsOf(manifest))];
  const paths = pathsOf(manifest);
  const judged = await mapConcurrent(sampleOf(names, SAMPLE, turn), async (blob) =>
    (await judgeBlob(store, org, blob, paths.get(blob)?.file)) ? [blob] : [],
  );
  return judged.flat();
}
