import { mapConcurrent } from '../lib/map-concurrent.ts';
import type { Store } from '../store/store.ts';
import type { Needs } from './kept.ts';
import { generationIn, isBlob, type Manifest, type Pointer } from './manifest.ts';
import type { Inventory } from './names/inventory.ts';
import { nameSet } from './names/name-map.ts';
import { isTold, namedIn } from './tree/told.ts';

/**
 * Keys inside the organization of builds and blobs that lie there and that a build and its kept ones do not need; names that no run gives
 * are left alone. Walked anew each time. The parts of the manifest are read only where the listing is not just what is known.
 * @param gone keys of what may lie there and that only other builds need, or nobody
 */
export async function leftovers(
  lies: Inventory,
  pointer: Pick<Pointer, 'manifest' | 'kept'>,
  manifest: Manifest,
  needs: Needs,
  gone: readonly string[] = [],
): Promise<Iterable<string>> {
  const named = nameSet();
  const add = (names: Iterable<string>) => {
    for (const name of names) named.set(name, true);
  };
  add([pointer.manifest, ...pointer.kept.map((build) => build.manifest), ...namedIn(manifest)]);
  for (const names of Object.values(needs)) add(names);
  const isLeft = (key: string) => generationIn(key) !== undefined && !named.has(key);
  const isGone = (key: string) => isBlob(key) && lies.has(key) && isLeft(key);
  if (isTold(lies, manifest.files, [...named.keys(), ...gone]))
    return [...[...lies.others()].filter((key) => !isBlob(key) && isLeft(key)), ...new Set(gone.filter(isGone))];
  for await (const [, { blob }] of manifest.files) named.set(blob, true);
  return { [Symbol.iterator]: () => filtered(lies.keys(), isLeft) };
}

/** Those of them, one at a time. */
export function* filtered<T>(items: Iterable<T>, isIn: (item: T) => boolean): Generator<T> {
  for (const item of items) if (isIn(item)) yield item;
}

/** @returns how many there were */
export async function removeAll(store: Store, org: string, keys: Iterable<string>): Promise<number> {
  return (await mapConcurrent(keys, (key) => store.remove(`${org}/${key}`))).length;
}
