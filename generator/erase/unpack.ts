import { brotliDecompressSync, constants, gunzipSync, zstdDecompressSync } from 'node:zlib';
import { entriesOf, isBlock } from '#shared/search/block.ts';
import { isSqueezed } from '../lib/bytes.ts';

/** Unpacked, an object that is larger cannot be searched as one text. */
const LONGEST_BYTES = 256 * 1024 * 1024;

/** An object that cannot be read as a text, so that nobody can say what is in it. */
export class Unreadable extends Error {}

/**
 * An object's text, unpacked where it is packed with gzip, Zstandard or brotli, as far as it goes where its end is missing. Bytes that are no
 * text, such as those of a picture, are read as one sign each.
 * @param longest bytes, unpacked
 * @throws {Unreadable} where it is too large to be searched
 */
export function unpackedText(bytes: Uint8Array, longest = LONGEST_BYTES): string {
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) {
    const options = { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: longest };
    return textOf(unpackedBy(() => gunzipSync(bytes, options)) ?? bytes);
  }
  if (isSqueezed(bytes)) {
    const options = { finishFlush: constants.ZSTD_e_flush, maxOutputLength: longest };
    return textOf(somethingOf(unpackedBy(() => zstdDecompressSync(bytes, options))) ?? bytes);
  }
  const terms = termsIn(bytes);
  if (terms !== undefined) return terms;
  const plain = utf8(bytes);
  if (plain !== undefined && !NO_TEXT.test(plain)) return plain;
  const options = { finishFlush: constants.BROTLI_OPERATION_FLUSH, maxOutputLength: longest };
  return textOf(somethingOf(unpackedBy(() => brotliDecompressSync(bytes, options))) ?? bytes);
}

/** What a text never holds, and packed bytes nearly always do. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const NO_TEXT = /[\u0000-\u0008\u000e-\u001a\u001c-\u001f]/;

function unpackedBy(unpack: () => Uint8Array): Uint8Array | undefined {
  try {
    return unpack();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw new Unreadable('it is too large');
    return undefined;
  }
}

const somethingOf = (bytes: Uint8Array | undefined): Uint8Array | undefined =>
  bytes !== undefined && bytes.byteLength > 0 ? bytes : undefined;

const textOf = (bytes: Uint8Array): string => termsIn(bytes) ?? utf8(bytes) ?? Buffer.from(bytes).toString('utf8');

/** The terms of a block of search files, each on a line: in the block each has only what it has not in common with the one before. */
function termsIn(bytes: Uint8Array): string | undefined {
  if (!isBlock(bytes)) return undefined;
  try {
    return Array.from(entriesOf(bytes), ({ term, stem }) => `${term}\n${stem}`).join('\n');
  } catch {
    return undefined;
  }
}

function utf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
