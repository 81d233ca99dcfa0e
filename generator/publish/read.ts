import { decodeText, decompress, isSqueezed, sha256, unsqueeze } from '../lib/bytes.ts';
import { Damaged } from '../lib/errors.ts';
import { shownJson } from '../lib/printable.ts';
import type { Store } from '../store/store.ts';
import { type Build, type Manifest, POINTER, type Pointer, type SiteFile } from './manifest.ts';
import { parsePointer } from './pointer.ts';
import { isSitePath } from './site-path.ts';
import { hasLists, rootOf, type StoredRoot } from './tree/root.ts';
import { openTree } from './tree/tree.ts';
import { type ManifestVersion1, openVersion1 } from './tree/version-1.ts';

/**
 * The organization's pointer and its ETag, or undefined where nothing has been published.
 * @throws {Damaged} where it cannot be read
 */
export async function readPointer(store: Store, org: string): Promise<{ pointer: Pointer; etag: string } | undefined> {
  const object = await store.get(`${org}/${POINTER}`);
  return object && { pointer: parsePointer(object.body, org), etag: object.etag };
}

/**
 * What a build is made of; the parts that tell its files are read when they are needed.
 * @throws {Damaged} where the manifest is gone, damaged or another organization's
 */
export async function readManifest(store: Store, org: string, build: Build): Promise<Manifest> {
  return openManifest(store, checkedManifest(await manifestBytes(store, org, build), org, build));
}

function openManifest(store: Store, stored: StoredRoot | ManifestVersion1): Manifest {
  if (stored.version !== 2) return openVersion1(stored);
  const { version: _, lists, ...rest } = rootOf(stored, `${stored.organization}/builds`);
  return { ...rest, files: openTree(store, rest.organization, lists) };
}

/** As they are stored. @throws {Damaged} where the manifest is gone */
export async function manifestBytes(store: Store, org: string, build: Pick<Build, 'manifest'>): Promise<Uint8Array> {
  const object = await store.get(`${org}/${build.manifest}`);
  if (!object) throw new Damaged(`missing manifest: ${org}/${build.manifest}`);
  return object.body;
}

/**
 * A manifest without what is in its parts, packed or not. The paths in an older version's are those of a site: nobody has to look at them again.
 * @throws {Damaged} where the bytes are not those of the build, or another organization's, or no manifest
 */
export function checkedManifest(
  bytes: Uint8Array,
  org: string,
  build: Pick<Build, 'manifest' | 'sha256'>,
): StoredRoot | ManifestVersion1 {
  const key = `${org}/${build.manifest}`;
  if (sha256(bytes) !== build.sha256) throw new Damaged(`damaged manifest: ${key}`);
  const stored = parsed<StoredRoot | ManifestVersion1 | null>(bytes);
  if (typeof stored !== 'object' || stored === null) throw new Damaged(`damaged manifest: ${key}`);
  if (stored.organization !== org) throw new Damaged(`foreign manifest: ${key}`);
  if (stored.version === 2) {
    if (!hasLists(stored)) throw new Damaged(`damaged manifest: ${key}`);
    return stored;
  }
  if (typeof stored.files !== 'object' || stored.files === null) throw new Damaged(`damaged manifest: ${key}`);
  const odd = Object.keys(stored.files).find((path) => !isSitePath(path));
  if (odd !== undefined) throw new Damaged(`damaged manifest: ${key}: no site can have the path ${shownJson(odd)}`);
  return stored;
}

/** A manifest that lies there, told whole by its name, which has a part of its hash. @throws {Damaged} where it is not */
export async function findManifest(store: Store, org: string, key: string): Promise<Manifest> {
  const bytes = await manifestBytes(store, org, { manifest: key });
  const hash = sha256(bytes);
  if (!key.endsWith(`-${hash.slice(0, 16)}.json`)) throw new Damaged(`damaged manifest: ${org}/${key}`);
  return openManifest(store, checkedManifest(bytes, org, { manifest: key, sha256: hash }));
}

/**
 * The plain bytes of one file.
 * @param path of the file, for the message
 * @throws {Damaged} where the blob is gone or damaged
 */
export async function readSiteFile(store: Store, org: string, file: SiteFile, path?: string): Promise<Uint8Array> {
  const what = `blob: ${org}/${file.blob}${path === undefined ? '' : ` of ${path}`}`;
  const object = await store.get(`${org}/${file.blob}`);
  if (!object) throw new Damaged(`missing ${what}`);
  const bytes = await plainBytes(object.body, file);
  if (bytes === undefined || sha256(bytes) !== file.sha256) throw new Damaged(`damaged ${what}`);
  return bytes;
}

/** Undefined where they cannot be decompressed. */
const plainBytes = async (body: Uint8Array, { encoding }: SiteFile): Promise<Uint8Array | undefined> =>
  encoding === 'br' ? decompress(body).catch(() => undefined) : body;

function parsed<T>(body: Uint8Array): T | undefined {
  try {
    return JSON.parse(decodeText(isSqueezed(body) ? unsqueeze(body) : body)) as T;
  } catch {
    return undefined;
  }
}
