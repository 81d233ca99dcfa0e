import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { LRUCache } from 'lru-cache';
import { compress } from '../../../generator/lib/bytes.ts';
import { type ListedAsset, listAssets, readAsset } from '../../../generator/publish/assets.ts';
import type { Store } from '../../../generator/store/store.ts';

/** A public file with a hash in its name: the same for everybody, for ever. */
export interface Asset {
  type: string;
  plain: Uint8Array;
  /** Brotli, where it is text. */
  br?: Uint8Array;
}

const TYPES: { [extension: string]: string } = {
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};

/** Brotli's best: each is compressed once, and loaded by everybody. */
const ASSET_QUALITY = 11;

/** Assets held in memory. */
const KEPT = 128;

const FOLDER = '/assets/';

/** The template's scripts, styles and fonts: exactly those that the store lists, and only with the bytes that were published. */
export function openAssets(store: Store, { recheckMs, now }: { recheckMs: number; now: () => number }) {
  const kept = new LRUCache<string, Promise<Asset | undefined>>({ max: KEPT });
  let checked = Number.NEGATIVE_INFINITY;
  let all: Promise<Map<string, ListedAsset>> = Promise.resolve(new Map());

  async function find(name: string): Promise<ListedAsset | undefined> {
    const known = all;
    const listed = (await known).get(name);
    if (listed) return listed;
    // A build may have brought new ones; asked for at most every `recheckMs`, whatever is requested.
    if (all === known) {
      if (now() - checked < recheckMs) return undefined;
      checked = now();
      all = listAssets(store).catch(async (error) => {
        all = known;
        // Whoever asks next lists again: what is there must not seem to be missing.
        checked = Number.NEGATIVE_INFINITY;
        throw error;
      });
    }
    // Or by somebody else, who asked in the same moment.
    return (await all).get(name);
  }

  async function read(name: string, listed: ListedAsset): Promise<Asset | undefined> {
    const bytes = await readAsset(store, name, listed);
    return bytes && asset(name, bytes);
  }

  return {
    /**
     * @param path the URL path as it came, e.g., "/assets/page.B2xq.css"
     * @throws {Damaged} where its bytes are not those that were published
     */
    async get(path: string): Promise<Asset | undefined> {
      const name = path.startsWith(FOLDER) ? path.slice(FOLDER.length) : '';
      const listed = await find(name);
      if (!listed) return undefined;
      const known = kept.get(name);
      if (known !== undefined) return known;
      const reading = read(name, listed);
      kept.set(name, reading);
      reading.catch(() => kept.delete(name));
      return reading;
    },
  };
}

/** The gate's own client files, read whole at start: a closed list. @param folder `_gate` of the built bundle */
export async function readClientFiles(folder: string): Promise<Map<string, Asset>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map(async (entry) => {
      const file = join(entry.parentPath, entry.name);
      const path = `/_gate/${relative(folder, file).split(sep).join('/')}`;
      return [path, await asset(path, await readFile(file))] as const;
    });
  return new Map(await Promise.all(files));
}

/** A file of the gate's own sources that everybody may have. */
export const readPublicFile = async (file: URL): Promise<Asset> => asset(file.pathname, await readFile(file));

async function asset(name: string, plain: Uint8Array): Promise<Asset> {
  const type = TYPES[extname(name)] ?? 'application/octet-stream';
  const text = /^text|json|svg/.test(type);
  return { type, plain, ...(text && { br: await compress(plain, ASSET_QUALITY) }) };
}
