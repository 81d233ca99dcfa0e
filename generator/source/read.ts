import { LIMITS } from '../lib/limits.ts';
import { PreconditionFailed, type Store, UnusableKey } from '../store/store.ts';
import { type JsonObject, type Read, readLines, readObject, readSingleLine, refuse } from './json.ts';
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

const MEGABYTE = 1024 * 1024;
/** White space around an object does not make it larger. */
const MAX_FILE_BYTES = LIMITS.objectBytes + MEGABYTE / 16;

/** How often an object that changes while it is read is tried again before the run gives up on this call. */
const ATTEMPTS = 5;

/** A call of which nothing has been read. */
export const unread = (id: string): RawCall => ({
  id,
  calls: 'missing',
  qa: 'missing',
  enriched: 'missing',
  metadata: 'missing',
  etags: {},
  refused: [],
});

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
  const raw = unread(id);
  async function take<T>(part: ObjectPart, parse: (bytes: Uint8Array) => Read<T>): Promise<T | 'missing' | 'refused'> {
    const listed = objects[part];
    if (!listed) return 'missing';
    const key = keyOf(part, id);
    const unusable: Read<T> = { ok: false, refusal: { code: 'unusable-name' } };
    const tooLarge: Read<T> = {
      ok: false,
      refusal: { code: 'too-large', given: { limit: LIMITS.objectBytes / MEGABYTE } },
    };
    const object =
      listed.size > MAX_FILE_BYTES
        ? { tooLarge, etag: listed.etag }
        : await getStable(results, `${org}/${key}`, listed);
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
    raw.enriched = await take('enriched', readEnriched);
    // A row has its own rules and metadata: these objects are known to be there, and not read.
    for (const part of ['qa', 'metadata'] as const) {
      const { etag } = objects[part] ?? {};
      if (etag !== undefined) raw.etags[part] = etag;
    }
    return raw;
  }
  if (objects.calls?.modified !== undefined) raw.modified = objects.calls.modified;
  raw.calls = await take('calls', readSingleLine);
  raw.qa = await take('qa', readLines);
  raw.enriched = await take('enriched', readEnriched);
  raw.metadata = await take('metadata', readObject);
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

/** A transcript of a bounded length. */
function readEnriched(bytes: Uint8Array): Read<JsonObject> {
  const read = readObject(bytes);
  const turns: unknown = read.ok ? read.value.transcript : undefined;
  if (!Array.isArray(turns)) return read;
  if (turns.length > LIMITS.turns) return refuse('too-many-turns', { limit: LIMITS.turns });
  let characters = 0;
  for (const turn of turns as { text?: unknown }[]) characters += typeof turn?.text === 'string' ? turn.text.length : 0;
  return characters > LIMITS.transcript ? refuse('too-much-text', { limit: LIMITS.transcript }) : read;
}
