import type { State } from '../days/state.ts';
import { type Build, POINTER } from '../publish/manifest.ts';
import { type Names, nameSet } from '../publish/names/name-map.ts';
import { readManifest, readPointer } from '../publish/read.ts';
import { isCallPage } from '../publish/site-path.ts';
import { namedIn } from '../publish/tree/told.ts';
import type { Store } from '../store/store.ts';
import { textAt } from './known.ts';

/** What the published builds of an organization consist of, by key inside the organization. */
export interface Current {
  generation: number;
  /** All that the current build and those kept beside it need. */
  needed: Names<true>;
  /** Current pages of calls that are not in question, and current days. */
  others: Names<true>;
}

/**
 * Undefined where nothing is published.
 * @param own paths of the pages of the call in question
 * @throws {Damaged} where it cannot be read: then nobody knows what is needed
 */
export async function readCurrent(
  reports: Store,
  org: string,
  own: ReadonlySet<string> = new Set(),
): Promise<Current | undefined> {
  const current = await readPointer(reports, org);
  if (!current) return undefined;
  const { pointer } = current;
  const days = await dayBlobs(reports, org, pointer.state.blob);
  const [needed, others] = [nameSet(), nameSet()];
  for (const name of [POINTER, pointer.state.blob, ...days]) needed.set(name, true);
  for (const day of days) others.set(day, true);
  const add = async (build: Build, isCurrent: boolean) => {
    needed.set(build.manifest, true);
    const manifest = await readManifest(reports, org, build);
    for (const name of namedIn(manifest)) needed.set(name, true);
    for await (const [path, { blob }] of manifest.files) {
      needed.set(blob, true);
      if (isCurrent && isCallPage(path) && !own.has(path)) others.set(blob, true);
    }
  };
  await add(pointer, true);
  for (const kept of pointer.kept) await add(kept, false);
  return { generation: pointer.generation, needed, others };
}

async function dayBlobs(reports: Store, org: string, state: string): Promise<string[]> {
  const text = await textAt(reports, `${org}/${state}`);
  try {
    return Object.values((JSON.parse(text ?? '') as State).days).map(({ blob }) => blob);
  } catch {
    return [];
  }
}
