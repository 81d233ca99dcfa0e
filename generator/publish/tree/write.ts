import pMap from 'p-map';
import { mapConcurrent } from '../../lib/map-concurrent.ts';
import type { Blobs } from '../blobs.ts';
import type { Family, PartAt, SiteFile } from '../manifest.ts';
import { type Changes, GROUP_BITS } from './changes.ts';
import { bitsFor, encodePart, FAMILIES, type PartFiles, partOf } from './part.ts';
import type { PartLists } from './root.ts';
import { plus, sumOf } from './sums.ts';
import { bitsIn, type Tree } from './tree.ts';

/** Write the parts that are not as in the build before. @returns where all parts lie now */
export async function writeParts(before: Tree | undefined, changes: Changes, blobs: Blobs): Promise<PartLists> {
  const [calls, site] = await Promise.all(FAMILIES.map((family) => writeFamily(family, before, changes, blobs)));
  return { calls: calls ?? [], site: site ?? [] };
}

/** Parts that are made at once. */
const AT_ONCE = 64;

/** Of calls, what nobody has said anything of stays; of other files there are those of which something is said. */
async function writeFamily(
  family: Family,
  before: Tree | undefined,
  changes: Changes,
  blobs: Blobs,
): Promise<(PartAt | undefined)[]> {
  const old = family === 'calls' ? before : undefined;
  const bits = bitsFor(await countOf(family, old, changes));
  const list = before?.lists[family] ?? [];
  // All parts of which the changes are in one group are made while these are held.
  const groupBits = Math.min(bits, GROUP_BITS);
  const partsOfGroup = 2 ** (bits - groupBits);
  const write = async (group: number) => {
    const said = [...(await changes.in(family, groupBits, group))];
    const saidOf = Map.groupBy(said, ([path]) => partOf(path, bits));
    const parts = Array.from({ length: partsOfGroup }, (_, i) => group * partsOfGroup + i);
    return mapConcurrent(parts, async (index) => {
      const at = bitsIn(list) === bits ? list[index] : undefined;
      const own = saidOf.get(index);
      if (old && at && !own) return at;
      const files = new Map<string, SiteFile>();
      if (old) for await (const [path, file] of oldFiles(old, bits, index)) files.set(path, file);
      for (const [path, file] of own ?? []) {
        if (file) files.set(path, file);
        else files.delete(path);
      }
      return writePart(files, at, blobs);
    });
  };
  const concurrency = Math.max(1, AT_ONCE / partsOfGroup);
  return (await pMap(Array(2 ** groupBits).keys(), write, { concurrency })).flat();
}

/** Files that there will be. */
async function countOf(family: Family, old: Tree | undefined, changes: Changes): Promise<number> {
  let count = old?.calls ?? 0;
  const bits = old ? bitsIn(old.lists.calls) : 0;
  for (let group = 0; group < 2 ** GROUP_BITS; group++) {
    const said = await changes.in(family, GROUP_BITS, group);
    for (const file of said.values()) if (file) count++;
    if (!old) continue;
    for (const [index, paths] of Map.groupBy(said.keys(), (path) => partOf(path, bits))) {
      const part = await old.load('calls', index);
      count -= paths.filter((path) => part.has(path)).length;
    }
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
