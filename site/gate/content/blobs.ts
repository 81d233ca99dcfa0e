import { promisify } from 'node:util';
import { brotliDecompress, gzip } from 'node:zlib';
import { LRUCache } from 'lru-cache';
import { sha256 } from '../../../generator/lib/bytes.ts';
import { Damaged } from '../../../generator/lib/errors.ts';
import type { Store } from '../../../generator/store/store.ts';
import type { OrganizationId } from '../auth/tenant.ts';
import type { Coding } from '../http/negotiation.ts';
import type { ServedFile } from './file-index.ts';

const unbrotli = promisify(brotliDecompress);
const zip = promisify(gzip);

/** Bytes held in memory, of all organizations together. */
const HELD = 64 * 1024 * 1024;
/** A file that takes more is read anew each time. */
const LARGEST = HELD / 8;

/** Files as the store has them, each checked against its hash before a byte of it goes out. */
export function openBlobs(store: Store) {
  const held = new LRUCache<string, Promise<Uint8Array>>({ maxSize: HELD, maxEntrySize: LARGEST });

  async function load(org: OrganizationId, file: ServedFile, coding: Coding): Promise<Uint8Array> {
    const object = await store.get(`${org}/${file.blob}`);
    if (!object) throw new Damaged(`missing blob: ${org}/${file.blob}`);
    const isWhole = object.body.byteLength === file.stored;
    const plain = isWhole ? await plainBytes(object.body, file).catch(() => undefined) : undefined;
    if (plain === undefined || sha256(plain) !== file.sha256) throw new Damaged(`damaged blob: ${org}/${file.blob}`);
    if (coding === 'br' && file.encoding === 'br') return object.body;
    return coding === 'gzip' ? zip(plain) : plain;
  }

  /**
   * @param coding "br" only where the file is stored so
   * @throws {Damaged} where the blob is gone or not what the manifest says
   */
  return function read(org: OrganizationId, file: ServedFile, coding: Coding): Promise<Uint8Array> {
    // An organization's id has no slash, so no other's key can begin alike.
    const key = `${org}/${file.blob} ${coding}`;
    const known = held.get(key);
    if (known !== undefined) return known;
    const reading = load(org, file, coding);
    // An empty file has to count for something.
    held.set(key, reading, { size: Math.max(1, coding === 'br' ? file.stored : file.size) });
    reading.catch(() => held.delete(key));
    return reading;
  };
}

/** A blob that unpacks to more than its manifest says is not unpacked to the end. */
const plainBytes = async (body: Uint8Array, { encoding, size }: ServedFile): Promise<Uint8Array> =>
  encoding === 'br' ? unbrotli(body, { maxOutputLength: Math.max(size, 1) }) : body;
