import type { JsonObject } from '../source/json.ts';

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
  overall_score: isNumber,
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

function isText(value: unknown): boolean {
  return typeof value === 'string';
}
function isNumber(value: unknown): boolean {
  return typeof value === 'number';
}
function isShare(value: unknown): boolean {
  return typeof value === 'number' && value >= 0 && value <= 1;
}
