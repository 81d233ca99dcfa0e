import { mapConcurrent } from '../lib/map-concurrent.ts';
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
    (key) => !current.needed.has(key) && (old.has(key) || generationIn(key) <= current.generation),
  );
  await mapConcurrent(doomed, (key) => reports.remove(key));
}

/** From "<org>/builds/7-3fe1c0….json" or "<org>/blobs/3fe1….br.7"; NaN where there is none. */
const generationIn = (key: string): number =>
  Number(key.includes('/builds/') ? key.split('/').at(-1)?.split('-')[0] : key.split('.').at(-1));
