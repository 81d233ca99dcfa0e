import { sha256 } from '../../lib/bytes.ts';
import { Damaged, undefinedIfDamaged } from '../../lib/errors.ts';
import { mapConcurrent } from '../../lib/map-concurrent.ts';
import type { Store } from '../../store/store.ts';
import type { Manifest, Part } from '../manifest.ts';
import type { Inventory } from '../names/inventory.ts';
import { isTold, namedIn } from '../tree/told.ts';

/** What is wrong with an object. */
export type Verdict = 'missing' | 'damaged';

/** What is wrong with what is being read; undefined: nothing. @param reading gives nothing where it is not there */
export const verdictOf = (reading: Promise<unknown>): Promise<Verdict | undefined> =>
  reading.then(
    (found) => (found === undefined ? 'missing' : undefined),
    (error: unknown) => {
      if (!(error instanceof Damaged)) throw error;
      return 'damaged';
    },
  );

/** What is wrong with a blob of a build. */
export interface Fault {
  verdict: Verdict;
  /** Of the site, where it is one of its files. */
  path?: string; // e.g., "/calls/a/"
  /** Where it is a part of the manifest: which one. */
  part?: Part['place'];
}

/**
 * Blobs of a build that are gone, have another size than its manifest says, or are known to be no good, by their key inside the
 * organization; and parts of the manifest that are damaged.
 * The parts are read only where the listing is not just what the build and its kept ones need.
 * @param marked keys inside the organization that somebody has found to be damaged
 * @param beside keys of what else may lie there; by default what kept builds need
 */
export async function damagedIn(
  lies: Inventory,
  manifest: Manifest,
  marked: ReadonlySet<string> = new Set(),
  beside: readonly string[] = Object.values(manifest.older ?? {}).flat(),
): Promise<Map<string, Fault>> {
  const { files, state = {} } = manifest;
  const isWhole = marked.size === 0 && isTold(lies, files, [...namedIn(manifest), ...beside]);
  const damaged = new Map<string, Fault>();
  const judge = (blob: string, size: number, about: Omit<Fault, 'verdict'> = {}) => {
    const object = lies.get(blob);
    const isGood = object?.size === size && !marked.has(blob);
    if (!isGood) damaged.set(blob, { verdict: object ? 'damaged' : 'missing', ...about });
    return isGood;
  };
  for (const [blob, size] of Object.entries(state)) judge(blob, size);
  await mapConcurrent(files.parts(), async ({ at, place, load }) => {
    if (at && !judge(at.blob, at.size, { part: place })) return;
    if (isWhole) return;
    const held = await load().catch(undefinedIfDamaged);
    if (held) for (const [path, { blob, stored }] of held) judge(blob, stored, { path });
    else if (at) damaged.set(at.blob, { verdict: 'damaged', part: place });
  });
  return damaged;
}

/**
 * Everything that a new build names is there, whole: what older runs wrote by the listing, and what this one wrote, byte for byte.
 * @param written by this run: key inside the organization → SHA-256 of the bytes as stored
 * @param beside keys of what else may lie there
 * @throws {Damaged} where something is not
 */
export async function verifyNew(
  store: Store,
  org: string,
  manifest: Manifest,
  lies: Inventory,
  written: Iterable<readonly [blob: string, hash: string]>,
  beside: readonly string[],
): Promise<void> {
  const [first] = await damagedIn(lies, manifest, undefined, beside);
  if (first) throw new Damaged(`${first[1].verdict} blob: ${org}/${first[0]}${ofFault(first[1])}`);
  await mapConcurrent(written, async ([blob, hash]) => {
    const object = await store.get(`${org}/${blob}`);
    if (object && sha256(object.body) === hash) return;
    throw new Damaged(
      `${object ? 'damaged' : 'missing'} blob: ${org}/${blob}${ofFault(await faultOf(manifest, blob))}`,
    );
  });
}

/** Which of the site's files it is, for a message. */
const ofFault = ({ path, part }: Omit<Fault, 'verdict'>): string =>
  path !== undefined ? ` of ${path}` : part ? ' of the manifest' : ' of the state';

async function faultOf({ files }: Manifest, blob: string): Promise<Omit<Fault, 'verdict'>> {
  for (const { at, place, load } of files.parts()) {
    if (at?.blob === blob) return { part: place };
    for (const [path, file] of (await load().catch(undefinedIfDamaged)) ?? []) if (file.blob === blob) return { path };
  }
  return {};
}
