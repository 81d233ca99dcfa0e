import { compress, sha256 } from '../lib/bytes.ts';
import type { Store } from '../store/store.ts';
import type { SiteFile } from './manifest.ts';

/** Puts the blobs of one run, each once, under the run's generation. */
export interface Blobs {
  /** Store bytes as they are. */
  put(bytes: Uint8Array): Promise<{ blob: string; sha256: string }>;
  /** Store a site's file: text compressed, and nothing where an older build holds the same bytes. */
  putFile(bytes: Uint8Array, type: string, input: string): Promise<SiteFile>;
  /** Blobs written so far: key inside the organization → bytes stored. */
  readonly written: ReadonlyMap<string, number>;
}

/**
 * @param generation that of this run: one more than the pointer's
 * @param known files of the build that this run replaces; their blobs are used again
 */
export function openBlobs(store: Store, org: string, generation: number, known: Iterable<SiteFile>): Blobs {
  const files = new Map<string, SiteFile>();
  for (const file of known) files.set(`${file.sha256} ${file.type}`, file);
  const written = new Map<string, number>();
  const pending = new Map<string, Promise<unknown>>();

  async function write(name: string, bytes: Uint8Array): Promise<string> {
    const blob = `blobs/${name}.${generation}`;
    if (!pending.has(blob)) pending.set(blob, store.put(`${org}/${blob}`, bytes));
    await pending.get(blob);
    written.set(blob, bytes.byteLength);
    return blob;
  }

  return {
    written,
    async put(bytes) {
      const hash = sha256(bytes);
      return { blob: await write(hash, bytes), sha256: hash };
    },
    async putFile(bytes, type, input) {
      const hash = sha256(bytes);
      const same = files.get(`${hash} ${type}`);
      if (same) return { ...same, input };
      const encoding = isText(type) ? 'br' : undefined;
      const stored = encoding ? await compress(bytes) : bytes;
      // Compressed and plain bytes of the same file are two blobs.
      const blob = await write(encoding ? `${hash}.${encoding}` : hash, stored);
      const file = {
        blob,
        sha256: hash,
        size: bytes.byteLength,
        type,
        encoding,
        stored: stored.byteLength,
        input,
      } as const;
      files.set(`${hash} ${type}`, file);
      return file;
    },
  };
}

const isText = (type: string): boolean => /^text\/|json|javascript|svg/.test(type);
