import { LIMITS } from '../lib/limits.ts';
import type { FetchedCall } from './fetch.ts';
import { type JsonObject, type Read, readLines, readObject, readSingleLine, refuse } from './json.ts';
import { parseRow, type Row } from './known-sheet.ts';
import { keyOf, type ObjectPart } from './layout.ts';
import type { Refused } from './refusals.ts';

/** A call's objects as parsed; `missing` and `refused` are told apart because they mean different things. */
export interface RawCall {
  id: string;
  calls: JsonObject | 'missing' | 'refused';
  qa: JsonObject[] | 'missing' | 'refused';
  enriched: JsonObject | 'missing' | 'refused';
  metadata: JsonObject | 'missing' | 'refused';
  /** Its row of a sheet; there is none where the call is there as JSONL. */
  row?: Row;
  /** See `FetchedCall`. */
  modified?: number;
  refused: Refused[];
}

/** A call of which nothing has been read. */
export const unread = (id: string): RawCall => ({
  id,
  calls: 'missing',
  qa: 'missing',
  enriched: 'missing',
  metadata: 'missing',
  refused: [],
});

/** Parse all objects of one call. Bad ones are refused with their reason; never throws for what is in them. */
export function readCall({ id, objects, row, modified }: FetchedCall): RawCall {
  const raw = unread(id);
  function take<T>(part: ObjectPart, parse: (bytes: Uint8Array) => Read<T>): T | 'missing' | 'refused' {
    const object = objects[part];
    if (!object) return 'missing';
    const read = object instanceof Uint8Array ? parse(object) : refuse(object.code, object.given);
    if (read.ok) return read.value;
    raw.refused.push({ key: keyOf(part, id), ...read.refusal });
    return 'refused';
  }
  if (row) raw.row = parseRow(row);
  if (modified !== undefined) raw.modified = modified;
  raw.calls = take('calls', readSingleLine);
  raw.qa = take('qa', readLines);
  raw.enriched = take('enriched', readEnriched);
  raw.metadata = take('metadata', readObject);
  return raw;
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
