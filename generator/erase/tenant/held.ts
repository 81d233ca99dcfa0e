import type { Store } from '../../store/store.ts';

/** Objects of an organization in one folder of a store. */
export interface HeldFolder {
  folder: string; // e.g., "acme/enriched/"
  objects: number;
}

/** Enough to say that there is much. */
const MOST = 10_000;

/**
 * What a store holds below an organization, by folder: keys in them may name calls, so they are only counted.
 * @returns none where there is nothing; of a large one the first objects
 */
export async function heldIn(store: Store, org: string): Promise<{ folders: HeldFolder[]; isMore: boolean }> {
  const folders = new Map<string, number>();
  let objects = 0;
  for await (const { key } of store.list(`${org}/`)) {
    if (objects++ === MOST) return { folders: listed(folders), isMore: true };
    const [first = '', ...rest] = key.slice(org.length + 1).split('/');
    const folder = rest.length > 0 ? `${org}/${first}/` : `${org}/`;
    folders.set(folder, (folders.get(folder) ?? 0) + 1);
  }
  return { folders: listed(folders), isMore: false };
}

const listed = (folders: ReadonlyMap<string, number>): HeldFolder[] =>
  [...folders].map(([folder, objects]) => ({ folder, objects }));
