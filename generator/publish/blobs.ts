import { compress, compressNow, sha256 } from '../lib/bytes.ts';
import { PreconditionFailed, type PutOptions, type Store } from '../store/store.ts';
import type { SiteFile, StateAt } from './manifest.ts';
import { type Fields, type Names, nameMap } from './names/name-map.ts';

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

/** Hash a file and, unless it is a picture, compress it. */
export async function pack(bytes: Uint8Array, type: string): Promise<Packed> {
  return packed(bytes, type, isPacked(type) ? await compress(bytes) : undefined);
}

/** The same in the calling thread, which does nothing else meanwhile. */
export const packNow = (bytes: Uint8Array, type: string): Packed =>
  packed(bytes, type, isPacked(type) ? compressNow(bytes) : undefined);

function packed(bytes: Uint8Array, type: string, compressed: Uint8Array | undefined): Packed {
  const file = { sha256: sha256(bytes), size: bytes.byteLength, type };
  return compressed ? { ...file, encoding: 'br', stored: compressed } : { ...file, stored: bytes };
}

/** Puts the blobs of one run, each once, under the run's generation. */
export interface Blobs {
  /** Store bytes as they are. @param same blob of a build that is replaced, to be used again where it holds them */
  put(bytes: Uint8Array, same?: string): Promise<StateAt>;
  /** Store a site's file. Its blob is that of no other path, so that it can go when the file does. @param path in the site */
  putFile(path: string, packed: Packed, input: string): Promise<SiteFile>;
  /** What was written so far: key inside the organization → SHA-256 of the bytes as stored. */
  readonly written: Names<string>;
}

/**
 * @param generation that of this run
 * @param isCreateOnly asked once, before the first blob: whether the store keeps a create-only write
 */
export function openBlobs(store: Store, org: string, generation: number, isCreateOnly: () => Promise<boolean>): Blobs {
  const underWay = new Map<string, Promise<void>>();
  const written = nameMap(HASH);
  let createOnly: Promise<boolean> | undefined;

  async function create(blob: string, bytes: Uint8Array, hash: string): Promise<void> {
    createOnly ??= isCreateOnly();
    const options: PutOptions = (await createOnly) ? { ifNoneMatch: '*' } : {};
    try {
      await store.put(`${org}/${blob}`, bytes, options);
    } catch (error) {
      // Its name is its hash. Whether it lies there whole is found out before the pointer is switched, as of every blob.
      if (!(error instanceof PreconditionFailed)) throw error;
    }
    written.set(blob, hash);
  }

  async function write(name: string, bytes: Uint8Array, hash: string): Promise<string> {
    const blob = `blobs/${name}.${generation}`;
    if (written.has(blob)) return blob;
    const put = underWay.get(blob) ?? create(blob, bytes, hash).finally(() => underWay.delete(blob));
    underWay.set(blob, put);
    await put;
    return blob;
  }

  return {
    written,
    async put(bytes, same) {
      const hash = sha256(bytes);
      if (same?.startsWith(`blobs/${hash}.`)) return { blob: same, sha256: hash };
      return { blob: await write(hash, bytes, hash), sha256: hash };
    },
    async putFile(path, { sha256: hash, size, type, encoding, stored }, input) {
      const name = `${hash}-${sha256(path).slice(0, PATH_DIGITS)}`;
      const blob = await write(encoding ? `${name}.${encoding}` : name, stored, encoding ? sha256(stored) : hash);
      return { blob, sha256: hash, size, type, encoding, stored: stored.byteLength, input };
    },
  };
}

/** In bytes, not in twice as many digits. */
const HASH: Fields<string> = {
  width: 32,
  write: (hash, into, at) => void into.write(hash, at, 'hex'),
  read: (from, at) => from.toString('hex', at, at + 32),
};

/** Of the hash of a path, in the name of its blob. */
const PATH_DIGITS = 12;

const isPacked = (type: string): boolean => /^text\/|json|javascript|svg|octet-stream/.test(type);
