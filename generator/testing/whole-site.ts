import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib';
import { entriesOf, isBlock } from '#shared/search/block.ts';
import { readManifest, readPointer, readSiteFile } from '../publish/read.ts';
import type { Store } from '../store/store.ts';
import type { Snapshot } from './copies.ts';

/** A site by path: the SHA-256 of each file's plain bytes. */
export type Site = ReadonlyMap<string, string>;

/**
 * The site as a reader sees it who asks for every file: pointer, manifest, blobs, each checked against its hash.
 * @returns undefined where nothing was published
 * @throws {Damaged} where any of it is not whole
 */
export async function readWholeSite(store: Store, org: string): Promise<Site | undefined> {
  const current = await readPointer(store, org);
  if (!current) return undefined;
  const { files } = await readManifest(store, org, current.pointer);
  const site = new Map<string, string>();
  for await (const [path, file] of files) {
    await readSiteFile(store, org, file);
    site.set(path, file.sha256);
  }
  return site;
}

export const isSame = (a: Site | undefined, b: Site | undefined): boolean =>
  a === b ||
  (a !== undefined && b !== undefined && a.size === b.size && [...a].every(([path, hash]) => b.get(path) === hash));

/** What a body may be read as: as it is, and unpacked where it is packed. */
function formsOf(body: Uint8Array): Uint8Array[] {
  const unpacked = [brotliDecompressSync, gunzipSync, zstdDecompressSync].flatMap((unpack) => {
    try {
      return [unpack(body)];
    } catch {
      return [];
    }
  });
  return [body, ...unpacked, ...unpacked.flatMap(termsIn)];
}

/** The terms of search files, which lie in a block only as far as each is another than the one before. */
export const termsIn = (form: Uint8Array): Buffer[] =>
  isBlock(form) ? [Buffer.from(Array.from(entriesOf(form), ({ term }) => term).join('\n'))] : [];

/** Keys of the objects that hold a text, packed or not, or as a word that is searched, or have it in their key. */
export const keysWith = (objects: Snapshot, text: string): string[] =>
  objects
    .filter(({ key, body }) => key.includes(text) || formsOf(body).some((form) => hasText(Buffer.from(form), text)))
    .map(({ key }) => key);

const hasText = (form: Buffer, text: string): boolean => form.includes(text) || form.includes(text.toLowerCase());

/**
 * Keys below an organization that nothing leads to, from its pointer over whatever is named in what that names: manifests,
 * states, blobs. Knows nothing of their formats.
 */
export function garbageOf(objects: Snapshot, org: string): string[] {
  const bodies = new Map(objects.filter(({ key }) => key.startsWith(`${org}/`)).map(({ key, body }) => [key, body]));
  const reached = new Set<string>();
  // Digests keep their note beside the site.
  const queue = [`${org}/pointer.json`, `${org}/sent-days.json`];
  for (let key = queue.pop(); key !== undefined; key = queue.pop()) {
    const body = bodies.get(key);
    if (!body || reached.has(key)) continue;
    reached.add(key);
    for (const form of formsOf(body))
      for (const [name] of Buffer.from(form)
        .toString('latin1')
        .matchAll(/(?:blobs|builds)\/[\w.-]+/g))
        queue.push(`${org}/${name}`);
  }
  return [...bodies.keys()].filter((key) => !reached.has(key));
}
