import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { LRUCache } from 'lru-cache';
import { compress } from '../../../generator/lib/bytes.ts';
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

/** The template's scripts, styles and fonts: exactly those that the store lists under `assets/`. */
export function openAssets(store: Store, { recheckMs, now }: { recheckMs: number; now: () => number }) {
  const kept = new LRUCache<string, Promise<Asset | undefined>>({ max: KEPT });
  let listed = Number.NEGATIVE_INFINITY;
  let paths: Promise<Set<string>> = Promise.resolve(new Set());

  async function exists(path: string): Promise<boolean> {
    if ((await paths).has(path)) return true;
    // A build may have brought new ones; asked for at most every `recheckMs`, whatever is requested.
    if (now() - listed < recheckMs) return false;
    listed = now();
    const before = paths;
    paths = list(store).catch(async (error) => {
      paths = before;
      // Whoever asks next lists again: what is there must not seem to be missing.
      listed = Number.NEGATIVE_INFINITY;
      throw error;
    });
    return (await paths).has(path);
  }

  async function read(path: string): Promise<Asset | undefined> {
    const object = await store.get(path.slice(1));
    return object && asset(path, object.body);
  }

  return {
    /** @param path the URL path as it came, e.g., "/assets/page.B2xq.css" */
    async get(path: string): Promise<Asset | undefined> {
      if (!(await exists(path))) return undefined;
      const known = kept.get(path);
      if (known !== undefined) return known;
      const reading = read(path);
      kept.set(path, reading);
      reading.catch(() => kept.delete(path));
      return reading;
    },
  };
}

async function list(store: Store): Promise<Set<string>> {
  const found = new Set<string>();
  for await (const { key } of store.list('assets/')) found.add(`/${key}`);
  return found;
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
