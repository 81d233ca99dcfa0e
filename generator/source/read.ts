import { PreconditionFailed, type Store, UnusableKey } from '../store/store.ts';
import { type JsonObject, MAX_OBJECT_BYTES, type Read, readLines, readObject, readSingleLine } from './json.ts';
import type { Row } from './known-sheet.ts';
import { keyOf, type ObjectPart } from './layout.ts';
import type { Etags, Objects } from './listing.ts';
import type { Refused } from './refusals.ts';
import type { RowReader } from './sheets.ts';

/** A call's objects as parsed; `missing` and `refused` are told apart because they mean different things. */
export interface RawCall {
  id: string;
  calls: JsonObject | 'missing' | 'refused';
  qa: JsonObject[] | 'missing' | 'refused';
  enriched: JsonObject | 'missing' | 'refused';
  metadata: JsonObject | 'missing' | 'refused';
  /** Its row of a sheet; there is none where the call is there as JSONL. */
  row?: Row;
  /** When the store received its `calls/` object or its sheet, in milliseconds since the epoch; where the store says so. */
  modified?: number;
  /** ETags of what was read; an object that vanished since the listing has none. */
  etags: Etags;
  refused: Refused[];
}

/** Lines of `qa/` are bounded one by one; this bounds the file. */
const MEGABYTE = 1024 * 1024;
const MAX_QA_BYTES = 64 * MEGABYTE;
/** White space around an object does not make it larger. */
const MAX_FILE_BYTES = MAX_OBJECT_BYTES + MEGABYTE / 16;

/** How often an object that changes while it is read is tried again before the run gives up on this call. */
const ATTEMPTS = 5;

/**
 * Read all objects of one call. Bad ones are refused with their reason; never throws for what is in them.
 * @param rowOf reads the row of a call that has one
 */
export async function readCall(
  results: Store,
  org: string,
  id: string,
  objects: Objects,
  rowOf: RowReader = async () => undefined,
): Promise<RawCall> {
  const raw: RawCall = {
    id,
    calls: 'missing',
    qa: 'missing',
    enriched: 'missing',
    metadata: 'missing',
    etags: {},
    refused: [],
  };
  async function take<T>(
    part: ObjectPart,
    limit: number,
    parse: (bytes: Uint8Array) => Read<T>,
  ): Promise<T | 'missing' | 'refused'> {
    const listed = objects[part];
    if (!listed) return 'missing';
    const key = keyOf(part, id);
    const unusable: Read<T> = { ok: false, refusal: { code: 'unusable-name' } };
    const tooLarge: Read<T> = {
      ok: false,
      refusal: { code: 'too-large', given: { limit: Math.floor(limit / MEGABYTE) } },
    };
    const object =
      listed.size > limit ? { tooLarge, etag: listed.etag } : await getStable(results, `${org}/${key}`, listed);
    if (!object) return 'missing';
    raw.etags[part] = object.etag;
    const read = 'body' in object ? parse(object.body) : 'unusable' in object ? unusable : tooLarge;
    if (read.ok) return read.value;
    raw.refused.push({ key, ...read.refusal });
    return 'refused';
  }
  if (objects.row) {
    const read = await rowOf(id);
    raw.row = read?.row;
    if (read) raw.etags.row = read.etag;
    if (read?.modified !== undefined) raw.modified = read.modified;
    raw.enriched = await take('enriched', MAX_FILE_BYTES, readObject);
    // A row has its own rules and metadata: these objects are known to be there, and not read.
    for (const part of ['qa', 'metadata'] as const) {
      const { etag } = objects[part] ?? {};
      if (etag !== undefined) raw.etags[part] = etag;
    }
    return raw;
  }
  if (objects.calls?.modified !== undefined) raw.modified = objects.calls.modified;
  raw.calls = await take('calls', MAX_FILE_BYTES, readSingleLine);
  raw.qa = await take('qa', MAX_QA_BYTES, readLines);
  raw.enriched = await take('enriched', MAX_FILE_BYTES, readObject);
  raw.metadata = await take('metadata', MAX_FILE_BYTES, readObject);
  return raw;
}

/** The object as listed, or as it has become since; undefined where it is gone. */
async function getStable(store: Store, key: string, listed: { etag: string }) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await store.get(key, attempt === 1 ? { ifMatch: listed.etag } : {});
    } catch (error) {
      if (error instanceof UnusableKey) return { unusable: true, etag: listed.etag };
      if (!(error instanceof PreconditionFailed) || attempt === ATTEMPTS) throw error;
    }
  }
}
