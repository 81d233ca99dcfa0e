import { type DimensionId, fieldId, insightId } from '../filter/dimension-id.ts';
import type { Call, Insight, Json } from '../model.ts';

/** Insights that are a text about the call whatever is in them. */
const TOPIC = 'topic';
const SUMMARY = 'summary';
/** Longer texts tell one call, not a kind of calls. */
const LONGEST_VALUE = 40;
const LONGEST_TOPIC = 120;

/** Words of an insight that is one text, or a list of texts; undefined for any other shape. */
export function insightText(insights: readonly Insight[], key: string): string | undefined {
  const value = insights.find((insight) => insight.key === key)?.value;
  if (typeof value === 'string') return value;
  if (!Array.isArray(value) || !value.every((entry) => typeof entry === 'string')) return undefined;
  return value.join(' ');
}

/**
 * What a call has of anything that calls might be told apart by.
 * @returns id → value; undefined where the call has it, and it is nothing that several calls have alike: a long text, a list, a number
 */
export function valuesOf({
  insights,
  metadata,
}: Pick<Call, 'insights' | 'metadata'>): Map<DimensionId, string | undefined> {
  const values = new Map<DimensionId, string | undefined>();
  const topic = insightText(insights, TOPIC);
  if (topic !== undefined) values.set(TOPIC, shortOf(topic, LONGEST_TOPIC));
  for (const { key, value } of insights)
    if (key !== TOPIC && key !== SUMMARY) values.set(insightId(key), wordOf(value));
  for (const { label, value } of metadata) values.set(fieldId(label), shortOf(value, LONGEST_VALUE));
  return values;
}

/** A yes or no, or a short text; the pipeline wraps a single text in a list. */
function wordOf(value: Json): string | undefined {
  if (typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return value.length === 1 && typeof value[0] === 'string' ? wordOf(value[0]) : undefined;
  return typeof value === 'string' ? shortOf(value, LONGEST_VALUE) : undefined;
}

const shortOf = (text: string, most: number): string | undefined =>
  text !== '' && text.length <= most ? text : undefined;
