import type { ConditionalWrites } from '../store/probe.ts';
import { PreconditionFailed, type Store } from '../store/store.ts';
import { POINTER, type Pointer } from './manifest.ts';
import { encodePointer } from './pointer.ts';
import { readPointer } from './read.ts';

/** Another run has published meanwhile: this one has to start again from what is there now. */
export class Overtaken extends Error {
  constructor(org: string) {
    super(`another run published ${org} meanwhile`);
  }
}

/**
 * Write the pointer over the one that the caller has read.
 * @param etag of that one; undefined: there was none
 * @param keeps what the store keeps of conditional writes, as probed
 * @throws {Overtaken} where another run was faster
 */
export async function switchPointer(
  store: Store,
  org: string,
  pointer: Pointer,
  etag: string | undefined,
  keeps: ConditionalWrites,
): Promise<void> {
  const key = `${org}/${POINTER}`;
  const body = encodePointer(pointer);
  const conditional = etag === undefined ? keeps.createOnly : keeps.compareAndSwap;
  // A store without conditions may even refuse one that holds. Whoever was clearly faster is still seen.
  if (!conditional && (await store.get(key))?.etag !== etag) throw new Overtaken(org);
  try {
    if (!conditional) await store.put(key, body);
    else await store.put(key, body, etag === undefined ? { ifNoneMatch: '*' } : { ifMatch: etag });
  } catch (error) {
    // A write that timed out, or was tried again and met itself, may have landed all the same: then the pointer is ours.
    const nonce = await readPointer(store, org).then(
      (now) => now?.pointer.nonce,
      () => undefined,
    );
    if (nonce === pointer.nonce) return;
    throw error instanceof PreconditionFailed ? new Overtaken(org) : error;
  }
}
