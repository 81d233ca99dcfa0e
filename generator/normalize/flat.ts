import type { JsonObject } from '../source/json.ts';
import type { RawCall } from '../source/read.ts';
import type { TenantConfig } from '../tenant-config.ts';
import type { Facts } from './facts.ts';
import { instantOf, numberOf, partFields, textOf } from './fields.ts';
import { readInsights } from './insights.ts';
import { readQa } from './rules.ts';
import { readSentiment } from './sentiment.ts';

/** What `calls/<id>.jsonl`, with its `qa/` and `v1.0`, says of a call. */
export function flatFacts(raw: RawCall, record: JsonObject, config: TenantConfig): Facts {
  const { fields, rest } = partFields(record);
  const score = numberOf(fields.overall_score);
  const grade = textOf(fields.grade);
  const qa = readQa(Array.isArray(raw.qa) ? raw.qa : undefined, score, grade);
  return {
    direction: fields.direction,
    from: textOf(fields.from_number),
    to: textOf(fields.to_number),
    started: instantOf(fields.start_timestamp),
    ended: instantOf(fields.end_timestamp),
    processed: instantOf(fields.processing_timestamp),
    durationSeconds: numberOf(fields.duration_seconds),
    sentiment: readSentiment(fields),
    score,
    grade,
    qa,
    insights: readInsights(rest),
    metadata: metadataOf(raw.metadata, config.metadata),
    remarks: qa.remarks,
  };
}

/** The scalar values at the configured paths below `raw.metadata`. */
function metadataOf(document: RawCall['metadata'], paths: { [label: string]: string }): Facts['metadata'] {
  if (typeof document === 'string') return [];
  const root = (document.raw as JsonObject | undefined)?.metadata;
  return Object.entries(paths).flatMap(([label, path]) => {
    const value = path
      .split('.')
      .reduce<unknown>((inner, key) => (isObject(inner) && Object.hasOwn(inner, key) ? inner[key] : undefined), root);
    const scalar = ['string', 'number', 'boolean'].includes(typeof value) && value !== '';
    return scalar ? [{ label, value: String(value) }] : [];
  });
}

const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null;
