import { randomUUID } from 'node:crypto';
import { encodeText, sha256, stableJson } from '../lib/bytes.ts';
import { Damaged } from '../lib/errors.ts';
import { mapConcurrent } from '../lib/map-concurrent.ts';
import type { ConditionalWrites } from '../store/probe.ts';
import { PreconditionFailed, type Store } from '../store/store.ts';
import { type Build, type Manifest, POINTER, type Pointer } from './manifest.ts';
import { readManifest, readPointer } from './read.ts';

/** Older builds that may still be read, so that an open page finds its data. */
const KEPT_BUILDS = 2;

/** What a run wants to be current. */
export interface NewBuild {
  manifest: Manifest;
  state: { blob: string; sha256: string };
  /** Blobs that the state names, beside its own. */
  stateBlobs: string[];
  /** What the run started from. */
  over: Start;
  /** True where something was deleted: no older build may show it again. */
  dropOlder: boolean;
  /** What the store keeps of conditional writes, as probed. */
  keeps: ConditionalWrites;
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
  const { generation } = build.over;
  const bytes = encodeText(stableJson(build.manifest));
  const hash = sha256(bytes);
  const manifest = `builds/${generation}-${hash.slice(0, 16)}.json`;
  await store.put(`${org}/${manifest}`, bytes);
  const blobs = await verify(store, org, { generation, manifest, sha256: hash }, build);

  const { pointer: last, etag } = build.over;
  const older = last ? [buildOf(last), ...last.kept].slice(0, KEPT_BUILDS) : [];
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
  await switchPointer(store, org, pointer, etag, build.keeps);
  await cleanUp(store, org, pointer, build, blobs.keys());
  return pointer;
}

/** What a run starts from, and publishes over. */
export interface Start {
  /** Undefined: nothing was published, or the pointer is damaged. */
  pointer?: Pointer;
  /** Of the pointer as it is; undefined: there is none. */
  etag?: string;
  /** Of the build that this run makes. */
  generation: number;
}

/** Where the pointer is damaged, the names of the builds say how far the generations have come. */
export async function openStart(store: Store, org: string): Promise<Start> {
  try {
    const current = await readPointer(store, org);
    return { ...current, generation: (current?.pointer.generation ?? 0) + 1 };
  } catch (error) {
    if (!(error instanceof Damaged)) throw error;
    const etag = (await store.get(`${org}/${POINTER}`))?.etag;
    let newest = 0;
    for await (const { key } of store.list(`${org}/builds/`)) newest = Math.max(newest, generationIn(key) || 0);
    return { etag, generation: newest + 1 };
  }
}

/** From "<org>/builds/7-3fe1c0….json" or "<org>/blobs/3fe1….br.7". */
const generationIn = (key: string): number =>
  Number(key.includes('/builds/') ? key.split('/').at(-1)?.split('-')[0] : key.split('.').at(-1));

const buildOf = ({ generation, manifest, sha256: hash }: Pointer): Build => ({ generation, manifest, sha256: hash });

async function listSizes(store: Store, prefix: string): Promise<Map<string, number>> {
  const sizes = new Map<string, number>();
  for await (const { key, size } of store.list(prefix)) sizes.set(key, size);
  return sizes;
}

/**
 * Everything that the new build names is there, whole.
 * @returns the blobs that are there: key → bytes
 * @throws {Damaged} where something is not.
 */
async function verify(
  store: Store,
  org: string,
  build: Build,
  { manifest, state, stateBlobs }: NewBuild,
): Promise<Map<string, number>> {
  await readManifest(store, org, build);
  const blobs = await listSizes(store, `${org}/blobs/`);
  for (const [path, { blob, stored }] of Object.entries(manifest.files)) {
    if (blobs.get(`${org}/${blob}`) !== stored) throw new Damaged(`unwritten blob: ${org}/${blob} of ${path}`);
  }
  for (const blob of [state.blob, ...stateBlobs]) {
    if (!blobs.has(`${org}/${blob}`)) throw new Damaged(`unwritten blob: ${org}/${blob} of the state`);
  }
  return blobs;
}

async function switchPointer(
  store: Store,
  org: string,
  pointer: Pointer,
  etag: string | undefined,
  keeps: ConditionalWrites,
): Promise<void> {
  const key = `${org}/${POINTER}`;
  const body = stableJson(pointer);
  if (!(etag === undefined ? keeps.createOnly : keeps.compareAndSwap)) {
    // Such a store may even refuse the condition where it holds. Whoever was clearly faster is still seen.
    if ((await store.get(key))?.etag !== etag) throw new Overtaken(org);
    await store.put(key, body);
    return;
  }
  try {
    await store.put(key, body, etag === undefined ? { ifNoneMatch: '*' } : { ifMatch: etag });
  } catch (error) {
    if (!(error instanceof PreconditionFailed)) throw error;
    // A write that timed out may have landed all the same: then the pointer is ours.
    const now = await readPointer(store, org);
    if (now?.pointer.nonce !== pointer.nonce) throw new Overtaken(org);
  }
}

/**
 * Remove what no kept build needs. Objects of a later generation may belong to a run that is publishing: they stay.
 * @param blobs as listed before the switch; what has come since is for a later run to judge
 */
async function cleanUp(
  store: Store,
  org: string,
  pointer: Pointer,
  build: NewBuild,
  blobs: Iterable<string>,
): Promise<void> {
  const needed = new Set([build.state.blob, ...build.stateBlobs, pointer.manifest]);
  for (const { blob } of Object.values(build.manifest.files)) needed.add(blob);
  for (const kept of pointer.kept) {
    needed.add(kept.manifest);
    for (const { blob } of Object.values((await readManifest(store, org, kept)).files)) needed.add(blob);
  }
  const keys = [...blobs];
  for await (const { key } of store.list(`${org}/builds/`)) keys.push(key);
  const doomed = keys.filter(
    (key) => !needed.has(key.slice(org.length + 1)) && generationIn(key) <= pointer.generation,
  );
  await mapConcurrent(doomed, (key) => store.remove(key));
}
