import { decodeText, decompress, sha256 } from '../lib/bytes.ts';
import { Damaged } from '../lib/errors.ts';
import type { Store } from '../store/store.ts';
import { type Build, type Manifest, POINTER, type Pointer, type SiteFile } from './manifest.ts';

/**
 * The organization's pointer and its ETag, or undefined where nothing has been published.
 * @throws {Damaged} where it cannot be read
 */
export async function readPointer(store: Store, org: string): Promise<{ pointer: Pointer; etag: string } | undefined> {
  const object = await store.get(`${org}/${POINTER}`);
  if (!object) return undefined;
  const pointer = parsed<Pointer>(object.body);
  if (pointer?.version !== 1) throw new Damaged(`damaged pointer: ${org}/${POINTER}`);
  if (pointer.organization !== org) throw new Damaged(`foreign pointer: ${org}/${POINTER}`);
  return { pointer, etag: object.etag };
}

/** @throws {Damaged} where the manifest is gone, damaged or another organization's. */
export async function readManifest(store: Store, org: string, build: Build): Promise<Manifest> {
  return checkedManifest(await manifestBytes(store, org, build), org, build);
}

/** As they are stored. @throws {Damaged} where the manifest is gone */
export async function manifestBytes(store: Store, org: string, build: Build): Promise<Uint8Array> {
  const object = await store.get(`${org}/${build.manifest}`);
  if (!object) throw new Damaged(`missing manifest: ${org}/${build.manifest}`);
  return object.body;
}

/** @throws {Damaged} where the bytes are not those of the build, or another organization's. */
export function checkedManifest(bytes: Uint8Array, org: string, build: Build): Manifest {
  if (sha256(bytes) !== build.sha256) throw new Damaged(`damaged manifest: ${org}/${build.manifest}`);
  const manifest = JSON.parse(decodeText(bytes)) as Manifest;
  if (manifest.organization !== org) throw new Damaged(`foreign manifest: ${org}/${build.manifest}`);
  return manifest;
}

/** The plain bytes of one file. @throws {Damaged} where the blob is gone or damaged. */
export async function readSiteFile(store: Store, org: string, file: SiteFile): Promise<Uint8Array> {
  const object = await store.get(`${org}/${file.blob}`);
  if (!object) throw new Damaged(`missing blob: ${org}/${file.blob}`);
  const bytes = file.encoding === 'br' ? await decompress(object.body) : object.body;
  if (sha256(bytes) !== file.sha256) throw new Damaged(`damaged blob: ${org}/${file.blob}`);
  return bytes;
}

function parsed<T>(body: Uint8Array): T | undefined {
  try {
    return JSON.parse(decodeText(body)) as T;
  } catch {
    return undefined;
  }
}
