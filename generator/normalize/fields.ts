import { parseTimestamp } from '../lib/time.ts';
import type { JsonObject } from '../source/json.ts';

/** Number, or text that is one; undefined for all else. */
export function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || !/^\s*[+-]?\d+(\.\d+)?\s*$/.test(value)) return undefined;
  const number = Number(value);
  return Number.isFinite(number) ? number : undefined;
}

export function booleanOf(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value;
  const word = typeof value === 'string' ? value.trim().toLowerCase() : undefined;
  return word === 'true' ? true : word === 'false' ? false : undefined;
}

/** "2026-03-30 10:00:00.000 UTC", as Athena writes an instant, is one too. */
export const cellInstant = (text: string): string | undefined => instantOf(text.replace(/ UTC$/, 'Z'));

export const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;

/**
 * The fields that the pipeline writes itself, each with the test that tells its value from an insight's of the same name:
 * an insight replaces a field, so a value that does not fit is the insight and the field is absent.
 */
const FIELDS: { [name: string]: (value: unknown) => boolean } = {
  tenant_id: isText,
  call_id: isText,
  language: isText,
  direction: (value) => ['inbound', 'outbound', 'internal', 'unknown'].includes(value as string),
  from_number: isText,
  to_number: isText,
  start_timestamp: isText,
  end_timestamp: isText,
  duration_seconds: isNumber,
  audio_uri: isText,
  transcript_uri: isText,
  metadata_uri: isText,
  processing_timestamp: isText,
  overall: (value) => ['positive', 'neutral', 'negative', 'mixed'].includes(value as string),
  positive: isShare,
  neutral: isShare,
  negative: isShare,
  confidence: isShare,
  overall_score: (value) => isNumber(value) && (value as number) >= 0 && (value as number) <= 100,
  grade: (value) => typeof value === 'string' && /^[A-E]$/.test(value),
};

/** Part a call's record into its fields and what is left: the insights. */
export function partFields(record: JsonObject): { fields: JsonObject; rest: [string, unknown][] } {
  const fields: JsonObject = {};
  const rest: [string, unknown][] = [];
  for (const [key, value] of Object.entries(record)) {
    const fits = Object.hasOwn(FIELDS, key) ? FIELDS[key] : undefined;
    if (fits && (value === null || fits(value))) fields[key] = value;
    else rest.push([key, value]);
  }
  return { fields, rest };
}

/** A timestamp field as ISO 8601 in UTC. */
export function instantOf(value: unknown): string | undefined {
  const epochMs = typeof value === 'string' ? parseTimestamp(value) : undefined;
  return epochMs === undefined ? undefined : new Date(epochMs).toISOString();
}

function isText(value: unknown): boolean {
  return typeof value === 'string';
}
function isNumber(value: unknown): boolean {
  return typeof value === 'number';
}
function isShare(value: unknown): boolean {
  return typeof value === 'number' && value >= 0 && value <= 1;
}
