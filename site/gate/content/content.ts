import { LRUCache } from 'lru-cache';
import type { Build, Family } from '../../../generator/publish/manifest.ts';
import { checkedManifest, manifestBytes } from '../../../generator/publish/read.ts';
import { familyOf, partOf, readPart } from '../../../generator/publish/tree/part.ts';
import { partAt, type StoredRoot } from '../../../generator/publish/tree/root.ts';
import { bitsIn } from '../../../generator/publish/tree/tree.ts';
import type { Store } from '../../../generator/store/store.ts';
import { type FileIndex, fileIndex, type ServedFile } from './file-index.ts';

/** What is known of builds: manifests without their parts, and the parts that were asked for last. */
export interface Contents {
  /**
   * Look a path up by exact match in a build, by the part of its manifest that would have it.
   * @throws where the manifest or that part is gone, damaged or another organization's, or the store fails
   */
  find(org: string, build: Build, path: string): Promise<{ csp: string; file?: ServedFile }>;
}

/** A manifest without its parts, or an older version's with all files. */
interface Root {
  csp: string;
  lists?: Pick<StoredRoot, Family>;
  files?: FileIndex;
  bytes: number;
}

interface Held<T> {
  value: Promise<T>;
  /** 1 while it is not known yet. */
  bytes: number;
}

/** What all of it together takes of memory, about. */
const MOST_BYTES = 32 * 1024 * 1024;
/** A manifest that has a part in it, and beside it for each part. */
const ROOT_BYTES = 2_000;
const PART_BYTES = 300;

/** @param most what is held, in bytes, about; one manifest and one part in any case */
export function openContents(store: Store, most = MOST_BYTES): Contents {
  const held = new LRUCache<string, Held<Root | FileIndex>>({
    maxSize: most,
    // What outweighs the limit counts as the whole of it: then it alone is kept, and not read anew for every request.
    sizeCalculation: ({ bytes }) => Math.min(bytes, most),
  });

  function once<T extends Root | FileIndex>(org: string, name: string, read: () => Promise<T>): Promise<T> {
    const key = `${org}/${name}`;
    const known = held.get(key) as Held<T> | undefined;
    if (known) return known.value;
    const value = read();
    held.set(key, { value, bytes: 1 });
    value.then(
      ({ bytes }) => {
        if (held.peek(key)?.value === value) held.set(key, { value, bytes });
      },
      () => {
        if (held.peek(key)?.value === value) held.delete(key);
      },
    );
    return value;
  }

  return {
    async find(org, build, path) {
      const { csp, lists, files } = await once(org, build.manifest, () => readRoot(store, org, build));
      if (!lists) return { csp, file: files?.get(path) };
      const family = familyOf(path);
      const bits = bitsIn(lists[family]);
      const index = partOf(path, bits);
      const at = partAt(lists[family][index], `${org}/${build.manifest}`);
      if (!at) return { csp };
      const part = await once(org, at.blob, async () =>
        fileIndex(await readPart(store, org, at, { family, bits, index })),
      );
      return { csp, file: part.get(path) };
    },
  };
}

async function readRoot(store: Store, org: string, build: Build): Promise<Root> {
  const root = checkedManifest(await manifestBytes(store, org, build), org, build);
  const { csp } = root;
  if (root.version === 2) {
    // A line is read when its part is asked for.
    const lists = { calls: root.calls, site: root.site };
    return { csp, lists, bytes: ROOT_BYTES + PART_BYTES * (lists.calls.length + lists.site.length) };
  }
  const files = fileIndex(Object.entries(root.files));
  return { csp, files, bytes: ROOT_BYTES + files.bytes };
}
