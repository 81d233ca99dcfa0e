import { mapConcurrent } from '../lib/map-concurrent.ts';
import { generationIn } from '../publish/manifest.ts';
import type { Store } from '../store/store.ts';
import { readCurrent } from './current.ts';

/** Keys of everything that builds of an organization consist of, whichever build it is, or none. */
export async function buildObjects(reports: Store, org: string): Promise<string[]> {
  const keys: string[] = [];
  for (const folder of ['builds', 'blobs'])
    for await (const { key } of reports.list(`${org}/${folder}/`)) keys.push(key);
  return keys;
}

/** Of those, what no published build needs; all where nothing is published, none where nobody can say. */
export async function leftovers(reports: Store, org: string): Promise<string[]> {
  const keys = await buildObjects(reports, org);
  const current = await readCurrent(reports, org);
  return keys.filter((key) => !current?.needed.has(key));
}

/**
 * Remove what no published build needs, of whatever generation: runs that were killed, builds before a pointer that was lost.
 * @param before what was there before the current build was published. Whoever wrote it has published it by now, or cannot any more:
 * the pointer is another one. Of what has come since, only what bears a generation that is past is taken
 */
export async function sweep(reports: Store, org: string, before: readonly string[]): Promise<void> {
  const there = await buildObjects(reports, org);
  const current = await readCurrent(reports, org);
  if (!current) return;
  const old = new Set(before);
  const doomed = there.filter(
    (key) => !current.needed.has(key) && (old.has(key) || isPast(key.slice(org.length + 1), current.generation)),
  );
  await mapConcurrent(doomed, (key) => reports.remove(key));
}

/** @param key inside the organization; false for names that no run gives */
const isPast = (key: string, generation: number): boolean =>
  (generationIn(key) ?? Number.POSITIVE_INFINITY) <= generation;
