import { randomUUID } from 'node:crypto';
import { encodeText, sha256, stableJson } from '../lib/bytes.ts';
import { PreconditionFailed, type Store } from '../store/store.ts';
import { each } from './blobs.ts';
import { type Build, type Manifest, POINTER, type Pointer } from './manifest.ts';
import { readManifest, readPointer } from './site.ts';

/** Older builds that may still be read, so that an open page finds its data. */
const KEPT_BUILDS = 2;

/** What a run wants to be current. */
export interface NewBuild {
  manifest: Manifest;
  state: { blob: string; sha256: string };
  /** Blobs that the state names, beside its own. */
  stateBlobs: string[];
  /** The pointer that the run started from; undefined: nothing was published. */
  over: { pointer: Pointer; etag: string } | undefined;
  /** True where something was deleted: no older build may show it again. */
  dropOlder: boolean;
  /** ISO 8601. */
  publishedAt: string;
}

/** Another run has published meanwhile: this one has to start again from what is there now. */
export class Overtaken extends Error {
  constructor(org: string) {
    super(`another run published ${org} meanwhile`);
  }
}

/**
 * Make a build current by one switch: manifest, verify, pointer. Before it a reader sees the old site, after it the new one.
 * @throws {Overtaken} where another run was faster
 */
export async function publish(store: Store, org: string, build: NewBuild): Promise<Pointer> {
  const generation = nextGeneration(build.over?.pointer);
  const bytes = encodeText(stableJson(build.manifest));
  const hash = sha256(bytes);
  const manifest = `builds/${generation}-${hash.slice(0, 16)}.json`;
  await store.put(`${org}/${manifest}`, bytes);
  const blobs = await listSizes(store, `${org}/blobs/`);
  await verify(store, org, { generation, manifest, sha256: hash }, build, blobs);

  const older = build.over ? [buildOf(build.over.pointer), ...build.over.pointer.kept].slice(0, KEPT_BUILDS) : [];
  const pointer: Pointer = {
    version: 1,
    organization: org,
    generation,
    manifest,
    sha256: hash,
    publishedAt: build.publishedAt,
    nonce: randomUUID(),
    state: build.state,
    kept: build.dropOlder ? [] : older,
  };
  await switchPointer(store, org, pointer, build.over?.etag);
  await cleanUp(store, org, pointer, build, blobs);
  return pointer;
}

/** The generation of a run that starts from this pointer. */
export const nextGeneration = (pointer: Pointer | undefined): number => (pointer?.generation ?? 0) + 1;

const buildOf = ({ generation, manifest, sha256: hash }: Pointer): Build => ({ generation, manifest, sha256: hash });

async function listSizes(store: Store, prefix: string): Promise<Map<string, number>> {
  const sizes = new Map<string, number>();
  for await (const { key, size } of store.list(prefix)) sizes.set(key, size);
  return sizes;
}

/** Everything that the new build names is there, whole. @throws where something is not. */
async function verify(
  store: Store,
  org: string,
  build: Build,
  { manifest, state, stateBlobs }: NewBuild,
  blobs: Map<string, number>,
) {
  await readManifest(store, org, build);
  for (const [path, { blob, stored }] of Object.entries(manifest.files)) {
    if (blobs.get(`${org}/${blob}`) !== stored) throw new Error(`unwritten blob: ${org}/${blob} of ${path}`);
  }
  for (const blob of [state.blob, ...stateBlobs]) {
    if (!blobs.has(`${org}/${blob}`)) throw new Error(`unwritten blob: ${org}/${blob} of the state`);
  }
}

async function switchPointer(store: Store, org: string, pointer: Pointer, etag: string | undefined): Promise<void> {
  const condition = etag === undefined ? ({ ifNoneMatch: '*' } as const) : { ifMatch: etag };
  try {
    await store.put(`${org}/${POINTER}`, stableJson(pointer), condition);
  } catch (error) {
    if (!(error instanceof PreconditionFailed)) throw error;
    // A write that timed out may have landed all the same: then the pointer is ours.
    const now = await readPointer(store, org);
    if (now?.pointer.nonce !== pointer.nonce) throw new Overtaken(org);
  }
}

/** Remove what no kept build needs. Objects of a later generation may belong to a run that is publishing: they stay. */
async function cleanUp(
  store: Store,
  org: string,
  pointer: Pointer,
  build: NewBuild,
  blobs: Map<string, number>,
): Promise<void> {
  const needed = new Set([build.state.blob, ...build.stateBlobs]);
  for (const { blob } of Object.values(build.manifest.files)) needed.add(blob);
  for (const kept of pointer.kept) {
    const files = Object.values((await readManifest(store, org, kept)).files);
    for (const { blob } of files) needed.add(blob);
  }
  const past = (generation: string | undefined) => Number(generation) <= pointer.generation;
  const doomed = [...blobs.keys()].filter(
    (key) => !needed.has(key.slice(org.length + 1)) && past(key.split('.').at(-1)),
  );
  const manifests = new Set([pointer, ...pointer.kept].map((each) => `${org}/${each.manifest}`));
  for await (const { key } of store.list(`${org}/builds/`)) {
    if (!manifests.has(key) && past(key.split('/').at(-1)?.split('-')[0])) doomed.push(key);
  }
  await each(doomed, (key) => store.remove(key));
}
