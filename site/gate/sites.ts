import { decompress, sha256 } from '../../generator/lib/bytes.ts';
import type { SiteFile } from '../../generator/publish/manifest.ts';
import { readManifest, readPointer } from '../../generator/publish/site.ts';
import type { Store } from '../../generator/store/store.ts';
import { type Asset, openAssets } from './assets.ts';
import { lru } from './lru.ts';
import type { OrganizationId } from './tenant.ts';

/** The published sites of all organizations; each is reached only with an id from a verified session. */
export interface Sites {
  /**
   * Look a path up by exact match in the organization's current build. Paths are never joined or decoded here.
   * @throws where the store fails.
   */
  find(org: OrganizationId, path: string): Promise<Found | 'not published' | 'not found'>;
  /** The current build, or undefined before the first one. @throws where the store fails. */
  current(org: OrganizationId): Promise<Published | undefined>;
  /** A file's bytes, as stored if that is asked for. @throws where the blob is gone or damaged. */
  read(org: OrganizationId, file: SiteFile, as: 'stored' | 'plain'): Promise<Uint8Array>;
  /** Forget what is known of an organization, so that the next look-up reads its pointer. */
  forget(org: OrganizationId): void;
  /** A public asset by its URL path: no organization's. @throws where the store fails. */
  asset(path: string): Promise<Asset | undefined>;
}

export interface Found {
  file: SiteFile;
  /** Content-Security-Policy of the build's pages. */
  csp: string;
  build: Published;
}

export interface Published {
  generation: number;
  /** ISO 8601. */
  publishedAt: string;
}

interface Site {
  build: Published;
  /** Key of the manifest, which is never overwritten. */
  manifest: string;
  csp: string;
  files: Map<string, SiteFile>;
}

interface Known {
  /** When the pointer was last asked for, in ms. */
  checked: number;
  site: Promise<Site | undefined>;
}

/** Organizations whose manifest is kept in memory. */
const KEPT = 32;

/** @param options.recheckMs how long a pointer is believed; `now` in ms */
export function openSites(store: Store, options: { recheckMs?: number; now?: () => number } = {}): Sites {
  const { recheckMs = 2000, now = Date.now } = options;
  const known = lru<Known>(KEPT);
  const assets = openAssets(store, { recheckMs, now });

  /** One read of the pointer at a time for an organization, however many ask. */
  function siteOf(org: OrganizationId): Promise<Site | undefined> {
    const entry = known.get(org);
    if (entry && now() - entry.checked < recheckMs) return entry.site;
    const site = load(org, entry?.site);
    const fresh = { checked: now(), site };
    known.set(org, fresh);
    site.catch(() => {
      // A failure is not remembered; whoever asks next tries again.
      if (known.get(org) === fresh) known.delete(org);
    });
    return site;
  }

  async function load(org: OrganizationId, before: Promise<Site | undefined> | undefined): Promise<Site | undefined> {
    const read = await readPointer(store, org);
    if (!read) return undefined;
    const { manifest, generation, publishedAt } = read.pointer;
    const build = { generation, publishedAt };
    const old = await before?.catch(() => undefined);
    if (old?.manifest === manifest) return { ...old, build };
    const { csp, files } = await readManifest(store, org, read.pointer);
    return { build, manifest, csp, files: new Map(Object.entries(files)) };
  }

  return {
    async find(org, path) {
      const site = await siteOf(org);
      if (!site) return 'not published';
      const file = site.files.get(path);
      return file ? { file, csp: site.csp, build: site.build } : 'not found';
    },
    async current(org) {
      return (await siteOf(org))?.build;
    },
    async read(org, file, as) {
      const object = await store.get(`${org}/${file.blob}`);
      if (!object) throw new Error(`missing blob: ${org}/${file.blob}`);
      if (object.body.byteLength !== file.stored) throw new Error(`damaged blob: ${org}/${file.blob}`);
      if (as === 'stored') return object.body;
      const bytes = file.encoding === 'br' ? await decompress(object.body) : object.body;
      if (sha256(bytes) !== file.sha256) throw new Error(`damaged blob: ${org}/${file.blob}`);
      return bytes;
    },
    forget(org) {
      known.delete(org);
    },
    asset: (path) => assets.get(path),
  };
}
