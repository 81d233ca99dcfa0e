/**
 * The name of a blob as runs give it, "blobs/<sha256>[-<path>][.br].<generation>", in as many bytes for each: its two hashes, whether it
 * has them and ".br", and its generation.
 */
export const NAME_BYTES = 45;

/** Generations of more digits do not fit into six bytes; nobody has so many. */
const NAME = /^blobs\/([0-9a-f]{64})(?:-([0-9a-f]{12}))?(\.br)?\.(0|[1-9]\d{0,13})$/;

const PATH_AT = 32;
const MARKS_AT = 38;
const GENERATION_AT = 39;
const HAS_PATH = 1;
const IS_BR = 2;

/**
 * Write a key inside an organization so, where it is such a name.
 * @param into at its beginning
 * @returns whether it is one: only then were all of the bytes written
 */
export function packName(key: string, into: Buffer): boolean {
  const [, hash, path, br, generation] = NAME.exec(key) ?? [];
  if (hash === undefined) return false;
  into.write(hash, 0, 'hex');
  if (path === undefined) into.fill(0, PATH_AT, MARKS_AT);
  else into.write(path, PATH_AT, 'hex');
  into[MARKS_AT] = (path === undefined ? 0 : HAS_PATH) | (br === undefined ? 0 : IS_BR);
  into.writeUIntLE(Number(generation), GENERATION_AT, 6);
  return true;
}

/** The name that was written there. */
export function nameAt(from: Buffer, at: number): string {
  const marks = from[at + MARKS_AT] ?? 0;
  const hash = from.toString('hex', at, at + PATH_AT);
  const path = marks & HAS_PATH ? `-${from.toString('hex', at + PATH_AT, at + MARKS_AT)}` : '';
  return `blobs/${hash}${path}${marks & IS_BR ? '.br' : ''}.${from.readUIntLE(at + GENERATION_AT, 6)}`;
}

/** A number that is another one for most other names: hashes are evenly spread by themselves. */
export const scatter = (from: Buffer, at: number): number =>
  from.readUInt32LE(at) ^
  Math.imul(from.readUInt32LE(at + PATH_AT), 0x9e3779b1) ^
  Math.imul(from.readUInt32LE(at + GENERATION_AT), 0x85ebca6b);
