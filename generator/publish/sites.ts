import { Damaged } from '../lib/errors.ts';
import { mapConcurrent } from '../lib/map-concurrent.ts';
import { isOrganization } from '../source/layout.ts';
import type { Store } from '../store/store.ts';
import { isManifest, type Pointer } from './manifest.ts';
import { readPointer } from './read.ts';

/** One organization with a site. */
export interface Site {
  org: string;
  /** Undefined where it is damaged, or lost while builds lie there: the next build makes the site again. */
  pointer: Pointer | undefined;
}

/** Every organization that has a site, by what lies in the store; in order. */
export async function findSites(store: Store): Promise<Site[]> {
  const folders = (await store.folders('')).filter(isOrganization);
  const sites = await mapConcurrent(folders, async (org): Promise<Site[]> => {
    try {
      const read = await readPointer(store, org);
      if (read) return [{ org, pointer: read.pointer }];
      return (await hasBuilds(store, org)) ? [{ org, pointer: undefined }] : [];
    } catch (error) {
      if (!(error instanceof Damaged)) throw error;
      return [{ org, pointer: undefined }];
    }
  });
  return sites.flat();
}

/** Whether a manifest lies there. */
async function hasBuilds(store: Store, org: string): Promise<boolean> {
  for await (const { key } of store.list(`${org}/builds/`)) if (isManifest(key.slice(org.length + 1))) return true;
  return false;
}
