import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import {
  brotliCompress,
  brotliCompressSync,
  brotliDecompress,
  constants,
  zstdCompressSync,
  zstdDecompressSync,
} from 'node:zlib';
import pLimit from 'p-limit';

const compressAsync = promisify(brotliCompress);
const decompressAsync = promisify(brotliDecompress);
/** As many as Node has threads for, and some that come next: each takes a megabyte or two from its beginning to its end. */
const inTurn = pLimit(6);

/**
 * The least bytes times processor time of a whole build: of a call's page 3 takes two thirds of the time of 4 for 4 % more bytes,
 * and two fifths of that of 5 for 10 % more.
 */
export const QUALITY = 3;

/** SHA-256 in lower-case hex. */
export const sha256 = (data: Uint8Array | string): string => createHash('sha256').update(data).digest('hex');

/**
 * The first 96 bits of a SHA-256, in hex: tells whether what a file is made from is as it was, and nothing else. Two inputs of one path that
 * have the same by chance, once in 2 ** 96, leave its page as it was until either changes again. Whoever writes the input could look for two
 * on purpose, in 2 ** 48 tries, and would gain what leaving the first one there gives. No bytes are trusted for it: those have whole hashes.
 */
export const shortHash = (data: Uint8Array | string): string => sha256(data).slice(0, 24);

const optionsFor = (data: Uint8Array, quality: number) => ({
  params: {
    [constants.BROTLI_PARAM_QUALITY]: quality,
    [constants.BROTLI_PARAM_SIZE_HINT]: data.byteLength,
  },
});

export const compress = (data: Uint8Array, quality = QUALITY): Promise<Uint8Array> =>
  inTurn(() => compressAsync(data, optionsFor(data, quality)));

/** The same bytes, made in the calling thread. */
export const compressNow = (data: Uint8Array): Uint8Array => brotliCompressSync(data, optionsFor(data, QUALITY));

export const decompress = (data: Uint8Array): Promise<Uint8Array> => inTurn(() => decompressAsync(data));

/**
 * Packed with Zstandard, in the calling thread: for what is read whole before anybody gets an answer. Of hashes in hex it makes as few
 * bytes as brotli in a thirtieth of the time, and unpacks them in a quarter.
 */
export const squeeze = (data: Uint8Array): Uint8Array =>
  zstdCompressSync(data, { params: { [constants.ZSTD_c_compressionLevel]: 1 } });

/** Whether bytes begin as those of Zstandard do, which no text does. */
export const isSqueezed = (data: Uint8Array): boolean => MAGIC.every((byte, i) => data[i] === byte);
const MAGIC = [0x28, 0xb5, 0x2f, 0xfd];

/** @throws where it cannot be unpacked */
export const unsqueeze = (data: Uint8Array): Uint8Array =>
  zstdDecompressSync(data, { chunkSize: Math.max(constants.Z_MIN_CHUNK, 4 * data.byteLength) });

const encoder = new TextEncoder();

export const encodeText = (text: string): Uint8Array => encoder.encode(text);

/** @throws {TypeError} where the bytes are not UTF-8. */
export const decodeText = (data: Uint8Array): string => new TextDecoder('utf-8', { fatal: true }).decode(data);

/** The same text in memory of its own: a part of a text keeps all of it. */
export const copied = (part: string): string => decodeText(encodeText(part));

/** One after the other, in a buffer of their own. */
export function joined(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(pieces.reduce((sum, { byteLength }) => sum + byteLength, 0));
  let end = 0;
  for (const piece of pieces) {
    all.set(piece, end);
    end += piece.byteLength;
  }
  return all;
}

/** JSON with sorted keys, so that the same value gives the same bytes. */
export function stableJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) => {
    if (inner === null || typeof inner !== 'object' || Array.isArray(inner)) return inner;
    const entries = Object.entries(inner);
    // Most objects here are written in order already: sorting only those that are not halves the time.
    const sorted = entries.every(([key], i) => i === 0 || (entries[i - 1]?.[0] ?? '') <= key);
    return sorted ? inner : Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
