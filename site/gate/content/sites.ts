import { LRUCache } from 'lru-cache';
import type { Build, Pointer } from '../../../generator/publish/manifest.ts';
import { readPointer } from '../../../generator/publish/read.ts';
import type { Store } from '../../../generator/store/store.ts';
import type { OrganizationId } from '../auth/tenant.ts';
import type { Coding } from '../http/negotiation.ts';
import type { Meter } from '../meter.ts';
import { type Asset, openAssets } from './assets.ts';
import { openBlobs } from './blobs.ts';
import { openContents } from './content.ts';
import type { ServedFile } from './file-index.ts';
import { STORE_MS, withTimeLimit } from './time-limit.ts';

/** The published sites of all organizations; each is reached only with an id from a verified session. */
export interface Sites {
  /**
   * Look a path up by exact match in a build of the organization. Paths are never joined or decoded here.
   * @param build name of a build that the pointer keeps; by default the current one
   * @throws where the store fails.
   */
  find(org: OrganizationId, path: string, build?: string): Promise<Found | 'not published' | 'not found' | 'gone'>;
  /** The current build, or undefined before the first one. @throws where the store fails. */
  current(org: OrganizationId): Promise<Published | undefined>;
  /** Whether a build of that name may still be read by this organization. @throws where the store fails. */
  keeps(org: OrganizationId, build: string): Promise<boolean>;
  /** A file's bytes, checked. @throws where the blob is gone or damaged. */
  read(org: OrganizationId, file: ServedFile, coding: Coding): Promise<Uint8Array>;
  /** Forget what is known of an organization, so that the next look-up reads its pointer. */
  forget(org: OrganizationId): void;
  /** A public asset by its URL path: no organization's. @throws where the store fails. */
  asset(path: string): Promise<Asset | undefined>;
}

export interface Found {
  file: ServedFile;
  /** Content-Security-Policy of the build's pages. */
  csp: string;
  /** Name of the build. */
  build: string;
}

interface Published {
  /** Tells builds of all organizations apart, since it has a part of the manifest's hash. */
  name: string; // e.g., "7-3fe1c0a94b7d2e55"
  generation: number;
  /** ISO 8601. */
  publishedAt: string;
}

interface Known {
  /** When the pointer was last asked for, in ms. */
  checked: number;
  pointer: Promise<Pointer | undefined>;
}

/** Organizations whose pointer is kept in memory. */
const POINTERS = 10_000;
/**
 * @param options.recheckMs how long a pointer is believed; `now` in ms; `manifestBytes` of manifests kept in memory; `storeMs` how long
 *   the store may take for an answer
 */
export function openSites(
  untimed: Store,
  options: { recheckMs?: number; now?: () => number; manifestBytes?: number; storeMs?: number; meter?: Meter } = {},
): Sites {
  const { recheckMs = 2000, now = Date.now, storeMs = STORE_MS, meter } = options;
  const store = withTimeLimit(untimed, () => storeMs);
  const pointers = new LRUCache<string, Known>({ max: POINTERS });
  const contents = openContents(store, options.manifestBytes);
  const assets = openAssets(store, { recheckMs, now });

  /** One read of the pointer at a time for an organization, however many ask. */
  function pointerOf(org: OrganizationId): Promise<Pointer | undefined> {
    const known = pointers.get(org);
    const isKnown = known && now() - known.checked < recheckMs;
    meter?.lookedUp(isKnown ? 'memory' : 'store');
    if (isKnown) return known.pointer;
    const fresh = { checked: now(), pointer: readPointer(store, org).then((read) => read?.pointer) };
    pointers.set(org, fresh);
    fresh.pointer.catch(() => {
      // A failure is not remembered; whoever asks next tries again.
      if (pointers.get(org) === fresh) pointers.delete(org);
    });
    return fresh.pointer;
  }

  async function buildOf(org: OrganizationId, name: string | undefined): Promise<Build | 'not published' | 'gone'> {
    const pointer = await pointerOf(org);
    if (!pointer) return name === undefined ? 'not published' : 'gone';
    if (name === undefined) return pointer;
    return [pointer, ...pointer.kept].find((each) => nameOf(each) === name) ?? 'gone';
  }

  return {
    async find(org, path, name) {
      const build = await buildOf(org, name);
      if (typeof build === 'string') return build;
      const { csp, file } = await contents.find(org, build, path);
      return file ? { file, csp, build: nameOf(build) } : 'not found';
    },
    async current(org) {
      const pointer = await pointerOf(org);
      return pointer && { name: nameOf(pointer), generation: pointer.generation, publishedAt: pointer.publishedAt };
    },
    keeps: async (org, name) => typeof (await buildOf(org, name)) !== 'string',
    read: openBlobs(store),
    forget: (org) => pointers.delete(org),
    asset: (path) => assets.get(path),
  };
}

/** From "builds/7-3fe1c0a94b7d2e55.json". */
const nameOf = ({ manifest }: Build): string => manifest.replace(/^builds\/|\.json$/g, '');
