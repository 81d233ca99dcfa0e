import { createHash } from 'node:crypto';
import { compress, decodeText, decompress, encodeText, sha256, stableJson } from '../../lib/bytes.ts';
import { Damaged } from '../../lib/errors.ts';
import { shownJson } from '../../lib/printable.ts';
import type { Store } from '../../store/store.ts';
import type { Family, PartAt, SiteFile } from '../manifest.ts';
import { isCallPage, isSitePath } from '../site-path.ts';

/**
 * The files of a build lie in parts: blobs as others, packed JSON, each named by the hash of its bytes. Pages of calls are in parts by the
 * first bits of the hash of their path, and all other files likewise in parts of their own, since a run writes many of these. How
 * many bits is decided by the number of files alone, so the same files make the same parts.
 */
export const FAMILIES: readonly Family[] = ['calls', 'site'];

export const familyOf = (path: string): Family => (isCallPage(path) ? 'calls' : 'site');

/** Files a part, as a mean: a change of one file writes a part, and each part has a line in the root. */
const MEAN = 128;

/** Bits by which so many files are put into parts. */
export function bitsFor(files: number): number {
  let bits = 0;
  while (files > MEAN * 2 ** bits) bits++;
  return bits;
}

/** Which part of a family has a path. */
export const partOf = (path: string, bits: number): number =>
  bits === 0 ? 0 : createHash('sha256').update(path).digest().readUInt32BE(0) >>> (32 - bits);

/** The files of a part by path. */
export type PartFiles = ReadonlyMap<string, SiteFile>;

export const encodePart = (files: PartFiles): Promise<Uint8Array> =>
  compress(encodeText(stableJson({ files: Object.fromEntries(files) })), QUALITY);

/** Most of a part are hashes, for which more effort gains nothing. */
const QUALITY = 4;

/** Where a part stands: what is in it has to belong there. */
export interface Place {
  family: Family;
  bits: number;
  index: number;
}

/**
 * Read a part. Its bytes are checked before anything of them is used, and its paths are those of a site: nobody has to look at them again.
 * @throws {Damaged} where it is gone, damaged, or holds what cannot be in it
 */
export async function readPart(store: Store, org: string, at: PartAt, place: Place): Promise<Map<string, SiteFile>> {
  const key = `${org}/${at.blob}`;
  const object = await store.get(key);
  if (!object) throw new Damaged(`missing part of the manifest: ${key}`);
  if (!at.blob.startsWith(`blobs/${sha256(object.body)}.`)) throw new Damaged(`damaged part of the manifest: ${key}`);
  const files = await decodePart(object.body);
  if (files?.size !== at.files) throw new Damaged(`damaged part of the manifest: ${key}`);
  for (const path of files.keys()) {
    if (!isSitePath(path))
      throw new Damaged(`damaged part of the manifest: ${key}: no site can have the path ${shownJson(path)}`);
    if (familyOf(path) !== place.family || partOf(path, place.bits) !== place.index)
      throw new Damaged(`damaged part of the manifest: ${key}: ${path} does not belong there`);
  }
  return files;
}

async function decodePart(bytes: Uint8Array): Promise<Map<string, SiteFile> | undefined> {
  try {
    const { files } = JSON.parse(decodeText(await decompress(bytes))) as { files: { [path: string]: SiteFile } };
    return new Map(Object.entries(files));
  } catch {
    return undefined;
  }
}
