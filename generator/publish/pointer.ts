import { decodeText } from '../lib/bytes.ts';
import { checkedJson, checkOf } from '../lib/checked.ts';
import { Damaged } from '../lib/errors.ts';
import { type Build, POINTER, type Pointer } from './manifest.ts';

/** As it is stored: with a SHA-256 of everything else in it, since no other object says what the pointer must be. */
type StoredPointer = Pointer & { check?: string };

/** The text of `pointer.json`. */
export const encodePointer = (pointer: Pointer): string => checkedJson(pointer);

/** @throws {Damaged} where the bytes are no pointer, not as they were written, or another organization's */
export function parsePointer(bytes: Uint8Array, org: string): Pointer {
  const stored = parsed(bytes);
  if (stored?.version !== 1) throw new Damaged(`damaged pointer: ${org}/${POINTER}`);
  if (stored.organization !== org) throw new Damaged(`foreign pointer: ${org}/${POINTER}`);
  const { check, ...pointer } = stored;
  // Older versions wrote none.
  if (check === undefined ? !isPointer(pointer) : check !== checkOf(pointer))
    throw new Damaged(`damaged pointer: ${org}/${POINTER}`);
  return pointer;
}

function parsed(bytes: Uint8Array): StoredPointer | undefined {
  try {
    return JSON.parse(decodeText(bytes)) as StoredPointer;
  } catch {
    return undefined;
  }
}

/** Whether it has what everybody relies on, in the right types. */
const isPointer = (pointer: Partial<Pointer>): boolean =>
  isBuild(pointer) &&
  typeof pointer.publishedAt === 'string' &&
  typeof pointer.state?.blob === 'string' &&
  typeof pointer.state.sha256 === 'string' &&
  Array.isArray(pointer.kept) &&
  pointer.kept.every(isBuild);

const isBuild = (build: Partial<Build> | null): boolean =>
  Number.isSafeInteger(build?.generation) && typeof build?.manifest === 'string' && typeof build.sha256 === 'string';
