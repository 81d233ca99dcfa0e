import { LRUCache } from 'lru-cache';
import { pMapIterable } from 'p-map';
import type { Store } from '../../store/store.ts';
import type { Family, Manifest, PartAt, SiteFile, SiteFiles } from '../manifest.ts';
import { FAMILIES, familyOf, type PartFiles, partOf, readPart } from './part.ts';
import type { PartLists } from './root.ts';

/** The files of a build that lie in parts. */
export interface Tree extends SiteFiles {
  readonly lists: PartLists;
  /** The files of one part. @throws {Damaged} */
  load(family: Family, index: number): Promise<PartFiles>;
}

/** Parts that are held at once: files asked for together are together in few of them. */
const HELD_PARTS = 256;

/** Parts that are read ahead where all are read. */
const AHEAD = 16;

export const bitsIn = (list: readonly unknown[]): number => Math.log2(list.length);

export function openTree(store: Store, org: string, lists: PartLists): Tree {
  const held = new LRUCache<string, Promise<PartFiles>>({ max: HELD_PARTS });

  function read(family: Family, index: number, at: PartAt): Promise<PartFiles> {
    const known = held.get(at.blob);
    if (known) return known;
    const reading = readPart(store, org, at, { family, bits: bitsIn(lists[family]), index });
    held.set(at.blob, reading);
    reading.catch(() => held.delete(at.blob));
    return reading;
  }

  const load: Tree['load'] = async (family, index) => {
    const at = lists[family][index];
    return at ? read(family, index, at) : NONE;
  };

  const tree: Tree = {
    lists,
    load,
    count: filesIn(lists.calls) + filesIn(lists.site),
    calls: filesIn(lists.calls),
    async get(path) {
      const family = familyOf(path);
      return (await load(family, partOf(path, bitsIn(lists[family])))).get(path);
    },
    *parts() {
      for (const family of FAMILIES)
        for (const [index, at] of lists[family].entries())
          if (at) yield { at, place: { family, index }, load: () => load(family, index) };
    },
    async *[Symbol.asyncIterator]() {
      const loading = pMapIterable(tree.parts(), ({ load: files }) => files(), { concurrency: AHEAD });
      for await (const files of loading) yield* files;
    },
  };
  return tree;
}

const NONE: PartFiles = new Map<string, SiteFile>();

const filesIn = (list: PartLists[Family]): number => list.reduce((sum, part) => sum + (part?.files ?? 0), 0);

/** A manifest that is no older version's. */
export type TreeManifest = Manifest & { files: Tree };

export const isTree = (manifest: Manifest): manifest is TreeManifest => 'lists' in manifest.files;

/** The same files but for those in some parts. @param lost blobs of parts */
export function withoutParts(store: Store, org: string, { lists }: Tree, lost: ReadonlySet<string>): Tree {
  const left = (list: PartLists[Family]) => list.map((part) => (part && lost.has(part.blob) ? undefined : part));
  return openTree(store, org, { calls: left(lists.calls), site: left(lists.site) });
}
