import { sha256 } from '../lib/bytes.ts';
import { Damaged } from '../lib/errors.ts';
import type { Slice, Spool } from '../lib/spool.ts';
import type { Blobs } from '../publish/blobs.ts';
import type { StateAt } from '../publish/manifest.ts';
import type { Store } from '../store/store.ts';

/** Reads a blob that a state names. @throws {Damaged} where it is gone or is not as it was written */
export type StateReader = (at: StateAt) => Promise<Uint8Array>;

/** A blob of a state, or the state itself. @param what it is, for a message @throws {Damaged} where it is gone or is not as it was written */
export async function readBlob(
  store: Store,
  org: string,
  { blob, sha256: hash }: StateAt,
  what: 'state' | 'day',
): Promise<Uint8Array> {
  const object = await store.get(`${org}/${blob}`);
  if (!object || sha256(object.body) !== hash) throw new Damaged(`damaged ${what}: ${org}/${blob}`);
  return object.body;
}

/** Of published builds. */
export const stateReader =
  (store: Store, org: string): StateReader =>
  (at) =>
    readBlob(store, org, at, 'state');

/** The blobs of a state that is being made: those published, and those that this run has written. */
export interface StateFiles {
  read: StateReader;
  /** @param same blob of the build before in its place; taken again where it holds these bytes */
  write(bytes: Uint8Array, same?: string): Promise<StateAt>;
  /** Keep bytes that may still become others, for this run alone: `read` finds them, and `settle` writes them. */
  draft(bytes: Uint8Array): Promise<StateAt>;
  /** Write a draft; what is none is as it was. @param same see `write` */
  settle(at: StateAt, same?: string): Promise<StateAt>;
}

/** What the name of a draft begins with: no blob is called so. */
const DRAFT = 'draft ';

/** @param blobs gets what this run writes; it is read from the spool */
export function openStateFiles(store: Store, org: string, spool: Spool, blobs: Blobs): StateFiles {
  const written = new Map<string, Slice>();
  const published = stateReader(store, org);
  async function read(at: StateAt): Promise<Uint8Array> {
    const slice = written.get(at.blob);
    return slice ? spool.get(slice) : published(at);
  }
  async function write(bytes: Uint8Array, same?: string): Promise<StateAt> {
    const at = await blobs.put(bytes, same);
    if (at.blob !== same) written.set(at.blob, await spool.put(bytes));
    return at;
  }
  return {
    read,
    write,
    async draft(bytes) {
      const hash = sha256(bytes);
      const at = { blob: `${DRAFT}${hash}`, sha256: hash };
      written.set(at.blob, await spool.put(bytes));
      return at;
    },
    settle: async (at, same) => (at.blob.startsWith(DRAFT) ? write(await read(at), same) : at),
  };
}
