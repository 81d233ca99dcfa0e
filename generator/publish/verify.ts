import { sha256 } from '../lib/bytes.ts';
import { Damaged } from '../lib/errors.ts';
import { mapConcurrent } from '../lib/map-concurrent.ts';
import type { Store } from '../store/store.ts';
import type { Manifest } from './manifest.ts';
import type { Inventory } from './start.ts';

/** What is wrong with an object. */
export type Verdict = 'missing' | 'damaged';

/** Blobs of a build that are gone or have another size than its manifest says: key inside the organization → which of both. */
export function damagedIn(lies: Inventory, { files, state = {} }: Manifest): Map<string, Verdict> {
  const damaged = new Map<string, Verdict>();
  const judge = (blob: string, size: number) => {
    const object = lies.get(blob);
    if (object?.size !== size) damaged.set(blob, object ? 'damaged' : 'missing');
  };
  for (const { blob, stored } of Object.values(files)) judge(blob, stored);
  for (const [blob, size] of Object.entries(state)) judge(blob, size);
  return damaged;
}

/**
 * Everything that a new build names is there, whole: what older runs wrote by the listing, and what this one wrote, byte for byte.
 * @param written by this run: key inside the organization → SHA-256 of the bytes as stored
 * @throws {Damaged} where something is not
 */
export async function verifyNew(
  store: Store,
  org: string,
  manifest: Manifest,
  lies: Inventory,
  written: ReadonlyMap<string, string>,
): Promise<void> {
  const [first] = damagedIn(lies, manifest);
  if (first) throw new Damaged(`${first[1]} blob: ${org}/${first[0]}${ofPath(manifest, first[0])}`);
  await mapConcurrent(written, async ([blob, hash]) => {
    const object = await store.get(`${org}/${blob}`);
    if (object && sha256(object.body) === hash) return;
    throw new Damaged(`${object ? 'damaged' : 'missing'} blob: ${org}/${blob}${ofPath(manifest, blob)}`);
  });
}

/** Which of the site's files it is, for a message: " of /calls/a/". */
function ofPath({ files, state = {} }: Manifest, blob: string): string {
  const path = Object.entries(files).find(([, file]) => file.blob === blob)?.[0];
  return path !== undefined ? ` of ${path}` : Object.hasOwn(state, blob) ? ' of the state' : '';
}
