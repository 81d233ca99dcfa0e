import { blocksOf } from '../../lib/blocks.ts';
import { listInRanges } from '../../store/ranges.ts';
import type { Store } from '../../store/store.ts';
import { generationIn, isBlob, type Pointer } from '../manifest.ts';
import { plus, sumOf } from '../tree/sums.ts';
import { type Fields, type Names, nameMap } from './name-map.ts';

/** An object as listed. */
interface Listed {
  /** Not held of blobs, which nobody writes over. */
  etag?: string;
  /** Bytes. */
  size: number;
  /** When it was written, by the store's clock, in milliseconds since the epoch; absent where the store has none. */
  modified?: number;
}

/** What lies below an organization in the reports store, by key inside the organization. */
export interface Inventory extends Names<Listed> {
  /** The highest generation in a name; 0 where there is none. */
  readonly generation: number;
  /** The latest `modified`; 0 where the store has no clock. */
  readonly time: number;
  /** Of all blobs, names and sizes: see tree/sums.ts. */
  readonly sum: number;
}

const FIELDS: Fields<Listed> = {
  width: 16,
  write({ size, modified = Number.NaN }, into, at) {
    into.writeDoubleLE(size, at);
    into.writeDoubleLE(modified, at + 8);
  },
  read(from, at) {
    const modified = from.readDoubleLE(at + 8);
    return { size: from.readDoubleLE(at), ...(!Number.isNaN(modified) && { modified }) };
  },
};

/** Calls of a site from which on its objects are listed in several ranges at once. */
const IN_RANGE = 3500;

/** @param pointer tells how large the listing may be */
export async function takeInventory(store: Store, org: string, pointer: Pointer | undefined): Promise<Inventory> {
  const ranges = Math.min(256, Math.ceil((pointer?.calls ?? 0) / IN_RANGE));
  const cuts = Array.from({ length: Math.max(0, ranges - 1) }, (_, i) => {
    const first = Math.floor(((i + 1) * 256) / ranges);
    return `${org}/blobs/${first.toString(16).padStart(2, '0')}`;
  });
  const names = nameMap(FIELDS);
  const found = { generation: 0, time: 0, sum: 0 };
  for await (const block of blocksOf(listInRanges(store, `${org}/`, cuts))) {
    for (const { key, etag, size, modified } of block) {
      const name = key.slice(org.length + 1);
      names.set(name, modified === undefined ? { etag, size } : { etag, size, modified });
      const generation = generationIn(name);
      if (generation !== undefined && isBlob(name)) found.sum = plus(found.sum, sumOf(name, size));
      if (generation !== undefined && generation > found.generation) found.generation = generation;
      if (modified !== undefined && modified > found.time) found.time = modified;
    }
  }
  return Object.assign(names, found);
}
