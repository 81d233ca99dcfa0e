import { filtered, removeAll } from '../publish/leftovers.ts';
import { generationIn } from '../publish/manifest.ts';
import { type Names, nameSet } from '../publish/names/name-map.ts';
import type { Store } from '../store/store.ts';
import { readCurrent } from './current.ts';

/** Keys inside an organization of everything that its builds consist of, whichever build it is, or none. */
export async function buildObjects(reports: Store, org: string): Promise<Names<true>> {
  const names = nameSet();
  for (const folder of ['builds', 'blobs'])
    for await (const { key } of reports.list(`${org}/${folder}/`)) names.set(key.slice(org.length + 1), true);
  return names;
}

/** Whether any of it is needed by no published build: all is where nothing is published. @throws {Damaged} where nobody can say */
export async function hasLeftovers(reports: Store, org: string): Promise<boolean> {
  const there = await buildObjects(reports, org);
  const current = await readCurrent(reports, org);
  for (const name of there.keys()) if (!current?.needed.has(name)) return true;
  return false;
}

/**
 * Remove what no published build needs, of whatever generation: runs that were killed, builds before a pointer that was lost.
 * @param before what was there before the current build was published. Whoever wrote it has published it by now, or cannot any more:
 * the pointer is another one. Of what has come since, only what bears a generation that is past is taken
 */
export async function sweep(reports: Store, org: string, before: Names<true>): Promise<void> {
  const there = await buildObjects(reports, org);
  const current = await readCurrent(reports, org);
  if (!current) return;
  const isDoomed = (name: string) =>
    !current.needed.has(name) && (before.has(name) || isPast(name, current.generation));
  await removeAll(reports, org, filtered(there.keys(), isDoomed));
}

/** @param name inside the organization; false for names that no run gives */
const isPast = (name: string, generation: number): boolean =>
  (generationIn(name) ?? Number.POSITIVE_INFINITY) <= generation;
