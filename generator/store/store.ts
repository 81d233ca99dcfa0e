import type { Items } from '../lib/blocks.ts';
import { UserError } from '../lib/errors.ts';
import { say, shownJson } from '../lib/printable.ts';

/** Object stores behind one interface: a folder, memory, S3. Bodies are whole, or one range of bytes; keys use `/` and never begin with it. */
export interface Store {
  /** Where it is, for messages. */
  readonly url: string; // e.g., "file:/srv/reports"
  /** Objects whose key begins with `prefix`, in UTF-8 byte order of the key. */
  list(prefix: string): Items<ListedObject>;
  /** The part of `list` whose keys come after `after` and are not after `upTo`, where the store can begin anywhere. */
  listRange?(prefix: string, range: KeyRange): Items<ListedObject>;
  /** Names of the folders directly under `prefix` ("" or ending in "/"), in UTF-8 byte order. */
  folders(prefix: string): Promise<string[]>; // e.g., ["acme", "org_12"]
  /** What lies at the top, in UTF-8 byte order: "acme/" is a folder, "/" that of keys which begin with a slash, "x" an object. */
  top(): Promise<string[]>;
  /**
   * The object, or undefined where there is none.
   * @throws {PreconditionFailed} where `ifMatch` is given and the object has changed.
   */
  get(key: string, options?: GetOptions): Promise<StoredObject | undefined>;
  /**
   * Write whole, atomically: a reader sees the old object or the new one. Returns the new ETag.
   * A conditional write whose answer was lost is tried again and may then fail at itself: read back to tell.
   * @throws {PreconditionFailed} where `ifNoneMatch` finds an object, or `ifMatch` another one or none.
   */
  put(key: string, body: Uint8Array | string, options?: PutOptions): Promise<string>;
  /** Remove; no error where there is none. */
  remove(key: string): Promise<void>;
  /**
   * An address at which whoever has it may read the object, where the store can make one. Nothing is asked of the store, so there need
   * be no such object. @returns undefined where requests of this store are signed in a way that makes none
   */
  share?(key: string, how: ShareOptions): Promise<string | undefined>;
  /** Whether these credentials may write an object, asked in a way that writes none; undefined where the answer does not tell. */
  mayWrite?(key: string): Promise<boolean | undefined>;
}

export interface ShareOptions {
  /** How long the address is good for. */
  seconds: number;
  /** What the answer says of itself. */
  type: string; // e.g., "audio/mpeg"
  disposition: string; // e.g., "inline"
}

export interface ListedObject {
  key: string;
  /** Opaque: equal means the same bytes, and nothing more. Writing the same bytes again may give the same one. */
  etag: string;
  /** Bytes. */
  size: number;
  /** When it was written, by the store's clock, in milliseconds since the epoch; absent where the store has none. */
  modified?: number;
}

export interface KeyRange {
  after?: string;
  upTo?: string;
}

export interface StoredObject {
  /** The whole, or the range that was asked for. */
  body: Uint8Array;
  etag: string;
  /** Bytes of the whole. */
  size: number;
}

export interface GetOptions {
  /** Only while the object has this ETag. */
  ifMatch?: string;
  /** Only these bytes: fewer where the object ends before, none where it ends before the start. */
  range?: ByteRange;
}

export interface ByteRange {
  start: number;
  /** The first byte that is not in it. */
  end: number;
}

export interface PutOptions {
  /** Only where no object has this key. */
  ifNoneMatch?: '*';
  /** Only where the object still has this ETag. */
  ifMatch?: string;
}

/** The condition of a read or write did not hold: somebody else was there. */
export class PreconditionFailed extends Error {
  readonly key: string;

  constructor(key: string) {
    super(`precondition failed: ${key}`);
    this.key = key;
  }
}

/** A key that could leave its folder, or that some store cannot hold. */
export class UnusableKey extends UserError {
  constructor(key: string) {
    super([say`unusable key: ${shownJson(key)} cannot be requested from a store. Rename or remove that object.`]);
  }
}

const segment = (name: string): boolean =>
  name !== '' && name !== '.' && name !== '..' && !name.startsWith('.cci-') && Buffer.byteLength(name) <= 255;

/** Refuse a key that could leave its folder or that some store cannot hold. */
export function checkKey(key: string): void {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused
  const plain = !/[\u0000-\u001f\u007f\\]/.test(key) && key.isWellFormed();
  if (!plain || Buffer.byteLength(key) > 1024 || !key.split('/').every(segment)) throw new UnusableKey(key);
}

/** The folder part of a prefix, "" or ending in "/", refused where it could lead elsewhere. */
export function folderPart(prefix: string): string {
  const folder = prefix.slice(0, prefix.lastIndexOf('/') + 1);
  if (folder !== '') checkKey(folder.slice(0, -1));
  return folder;
}

/** Order of keys as S3 lists them: by UTF-8 bytes. JavaScript's `<` goes by UTF-16 and puts emoji before "ﬀ". */
export function compareKeys(a: string, b: string): number {
  // They differ only where there is a surrogate, and both are quickly known.
  if (!HIGH.test(a) && !HIGH.test(b)) return a < b ? -1 : a > b ? 1 : 0;
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) return byteRank(x) - byteRank(y);
  }
  return a.length - b.length;
}

/** From the first surrogate on. */
const HIGH = /[\ud800-\uffff]/;

/** Surrogates stand for code points above U+FFFF, so in UTF-8 they come after U+E000..U+FFFF. */
const byteRank = (unit: number): number => (unit < 0xd800 ? unit : unit < 0xe000 ? unit + 0x2000 : unit - 0x800);
