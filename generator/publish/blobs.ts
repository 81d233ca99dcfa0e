import { compress, sha256 } from '../lib/bytes.ts';
import type { Store } from '../store/store.ts';
import type { SiteFile } from './manifest.ts';

/** A file as it is stored; made without the store, so in any thread. */
export interface Packed {
  /** Of the plain bytes. */
  sha256: string;
  /** Plain bytes. */
  size: number;
  type: string;
  encoding?: 'br';
  stored: Uint8Array;
}

/** Hash a file and, where it is text, compress it. */
export async function pack(bytes: Uint8Array, type: string): Promise<Packed> {
  const packed = { sha256: sha256(bytes), size: bytes.byteLength, type };
  return isText(type) ? { ...packed, encoding: 'br', stored: await compress(bytes) } : { ...packed, stored: bytes };
}

/** Puts the blobs of one run, each once, under the run's generation. */
export interface Blobs {
  /** Store bytes as they are. */
  put(bytes: Uint8Array): Promise<{ blob: string; sha256: string }>;
  /** Store a site's file; nothing where an older build holds the same bytes. */
  putFile(packed: Packed, input: string): Promise<SiteFile>;
  /** Blobs written so far. */
  readonly written: number;
}

/**
 * @param generation that of this run: one more than the pointer's
 * @param known files of the build that this run replaces; their blobs are used again
 */
export function openBlobs(store: Store, org: string, generation: number, known: Iterable<SiteFile>): Blobs {
  const files = new Map<string, SiteFile>();
  for (const file of known) files.set(`${file.sha256} ${file.type}`, file);
  const puts = new Map<string, Promise<unknown>>();

  async function write(name: string, bytes: Uint8Array): Promise<string> {
    const blob = `blobs/${name}.${generation}`;
    if (!puts.has(blob)) puts.set(blob, store.put(`${org}/${blob}`, bytes));
    await puts.get(blob);
    return blob;
  }

  return {
    get written() {
      return puts.size;
    },
    async put(bytes) {
      const hash = sha256(bytes);
      return { blob: await write(hash, bytes), sha256: hash };
    },
    async putFile({ sha256: hash, size, type, encoding, stored }, input) {
      const same = files.get(`${hash} ${type}`);
      if (same) return { ...same, input };
      // Compressed and plain bytes of the same file are two blobs.
      const blob = await write(encoding ? `${hash}.${encoding}` : hash, stored);
      const file: SiteFile = { blob, sha256: hash, size, type, encoding, stored: stored.byteLength, input };
      files.set(`${hash} ${type}`, file);
      return file;
    },
  };
}

const isText = (type: string): boolean => /^text\/|json|javascript|svg/.test(type);
