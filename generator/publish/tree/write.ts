import { mapConcurrent } from '../../lib/map-concurrent.ts';
import type { Blobs } from '../blobs.ts';
import type { Family, PartAt, SiteFile } from '../manifest.ts';
import { bitsFor, encodePart, FAMILIES, familyOf, type PartFiles, partOf } from './part.ts';
import type { PartLists } from './root.ts';
import { plus, sumOf } from './sums.ts';
import { bitsIn, type Tree } from './tree.ts';

/** What is different from the build before. */
export interface Changes {
  /** Files that are other ones, or new. */
  put: ReadonlyMap<string, SiteFile>;
  /** Pages of calls that are no more, unless they are put. Of other files all that are not put are no more. */
  removed: ReadonlySet<string>;
}

/** Write the parts that are not as in the build before. @returns where all parts lie now */
export async function writeParts(before: Tree | undefined, changes: Changes, blobs: Blobs): Promise<PartLists> {
  const [calls, site] = await Promise.all(FAMILIES.map((family) => writeFamily(family, before, changes, blobs)));
  return { calls: calls ?? [], site: site ?? [] };
}

async function writeFamily(
  family: Family,
  before: Tree | undefined,
  { put, removed }: Changes,
  blobs: Blobs,
): Promise<(PartAt | undefined)[]> {
  const old = family === 'calls' ? before : undefined;
  const own = [...put].filter(([path]) => familyOf(path) === family);
  const touched = [...own.map(([path]) => path), ...(old ? removed : [])];
  const bits = bitsFor(await countOf(old, own.length, new Set(touched)));
  const groups = Map.groupBy(own, ([path]) => partOf(path, bits));
  const stirred = new Set(touched.map((path) => partOf(path, bits)));
  const list = before?.lists[family] ?? [];
  return mapConcurrent(Array(2 ** bits).keys(), async (index) => {
    const at = bitsIn(list) === bits ? list[index] : undefined;
    if (old && at && !stirred.has(index)) return at;
    const files = new Map<string, SiteFile>();
    if (old) for await (const [path, file] of oldFiles(old, bits, index)) if (!removed.has(path)) files.set(path, file);
    for (const [path, file] of groups.get(index) ?? []) files.set(path, file);
    return writePart(files, at, blobs);
  });
}

/** Files that there will be. */
async function countOf(old: Tree | undefined, own: number, touched: ReadonlySet<string>): Promise<number> {
  if (!old) return own;
  let count = old.calls + own;
  const bits = bitsIn(old.lists.calls);
  for (const [index, paths] of Map.groupBy(touched, (path) => partOf(path, bits))) {
    const part = await old.load('calls', index);
    count -= paths.filter((path) => part.has(path)).length;
  }
  return count;
}

/** Pages of calls of a tree that are in a part where there are so many bits: in one of its own parts, in a half of one, or in several. */
async function* oldFiles(old: Tree, bits: number, index: number): AsyncGenerator<[string, SiteFile]> {
  const had = bitsIn(old.lists.calls);
  const more = Math.max(0, had - bits);
  const first = had < bits ? index >> (bits - had) : index << more;
  for (let each = first; each < first + 2 ** more; each++)
    for (const [path, file] of await old.load('calls', each)) if (partOf(path, bits) === index) yield [path, file];
}

/** @param before the part in its place; taken again where it is the same */
async function writePart(files: PartFiles, before: PartAt | undefined, blobs: Blobs): Promise<PartAt | undefined> {
  if (files.size === 0) return undefined;
  const bytes = await encodePart(files);
  let sum = 0;
  for (const { blob, stored } of files.values()) sum = plus(sum, sumOf(blob, stored));
  const { blob } = await blobs.put(bytes, before?.blob);
  return { blob, size: bytes.byteLength, files: files.size, sum };
}
