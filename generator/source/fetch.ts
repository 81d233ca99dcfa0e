import { LIMITS } from '../lib/limits.ts';
import { PreconditionFailed, type Store, UnusableKey } from '../store/store.ts';
import type { StoredRow } from './known-sheet.ts';
import { keyOf, type ObjectPart } from './layout.ts';
import type { Etags, Objects } from './listing.ts';
import type { Refusal } from './refusals.ts';
import type { RowReader } from './sheets.ts';

/** What the stores gave of one call, as bytes: plain data, which crosses threads. */
export interface FetchedCall {
  id: string;
  /** Its objects, but for those that are missing. */
  objects: { [part in ObjectPart]?: FetchedObject };
  /** Its row of a sheet; there is none where the call is there as JSONL. */
  row?: StoredRow;
  /** When the store received its `calls/` object or its sheet, in milliseconds since the epoch; where the store says so. */
  modified?: number;
}

/** An object's bytes, or why they were not fetched. */
type FetchedObject = Uint8Array | Refusal;

const MEGABYTE = 1024 * 1024;
/** White space around an object does not make it larger. */
const MAX_FILE_BYTES = LIMITS.objectBytes + MEGABYTE / 16;
const TOO_LARGE: Refusal = { code: 'too-large', given: { limit: LIMITS.objectBytes / MEGABYTE } };

/** How often an object that changes while it is read is tried again before the run gives up on this call. */
const ATTEMPTS = 5;

/**
 * Get all objects of one call that are to be read.
 * @param rowOf gets the row of a call that has one
 * @returns them, and the ETags of what was read: an object that vanished since the listing has none
 */
export async function fetchCall(
  results: Store,
  org: string,
  id: string,
  objects: Objects,
  rowOf: RowReader = async () => undefined,
): Promise<{ call: FetchedCall; etags: Etags }> {
  const call: FetchedCall = { id, objects: {} };
  const etags: Etags = {};
  async function take(part: ObjectPart): Promise<void> {
    const listed = objects[part];
    if (!listed) return;
    const { etag, got } =
      listed.size > MAX_FILE_BYTES
        ? { etag: listed.etag, got: TOO_LARGE }
        : await getStable(results, `${org}/${keyOf(part, id)}`, listed);
    if (!got) return;
    etags[part] = etag;
    call.objects[part] = got;
  }
  if (objects.row) {
    const { row, etag, modified } = (await rowOf(id)) ?? {};
    if (row) call.row = row;
    if (etag !== undefined) etags.row = etag;
    if (modified !== undefined) call.modified = modified;
    await take('enriched');
    // A row has its own rules and metadata: these objects are known to be there, and not read.
    for (const part of ['qa', 'metadata'] as const) {
      const listed = objects[part];
      if (listed) etags[part] = listed.etag;
    }
    return { call, etags };
  }
  if (objects.calls?.modified !== undefined) call.modified = objects.calls.modified;
  for (const part of ['calls', 'qa', 'enriched', 'metadata'] as const) await take(part);
  return { call, etags };
}

/** The object as listed, or as it has become since; nothing where it is gone. */
async function getStable(
  store: Store,
  key: string,
  listed: { etag: string },
): Promise<{ etag?: string; got?: FetchedObject }> {
  for (let attempt = 1; ; attempt++) {
    try {
      const object = await store.get(key, attempt === 1 ? { ifMatch: listed.etag } : {});
      return object ? { etag: object.etag, got: object.body } : {};
    } catch (error) {
      if (error instanceof UnusableKey) return { etag: listed.etag, got: { code: 'unusable-name' } };
      if (!(error instanceof PreconditionFailed) || attempt === ATTEMPTS) throw error;
    }
  }
}
