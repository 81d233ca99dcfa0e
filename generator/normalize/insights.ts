import type { Insight, Json } from '../model.ts';
import { parseNested } from '../source/json.ts';

/** The model's copies of coach notes among its recommendations. */
const COACH_NOTE = /^Rule '.*': /s;

/** Insights as shown: without empty ones, and without the coach notes that `recommendations` repeats. */
export function readInsights(rest: [string, unknown][]): Insight[] {
  const insights: Insight[] = [];
  for (const [key, given] of rest) {
    const value = key === 'recommendations' ? withoutCoachNotes(given as Json) : (given as Json);
    if (!isEmpty(value)) insights.push({ key, value });
  }
  return insights;
}

/** A cell with an insight: a JSON list or object as such, anything else as the text that it is. */
export const readCell = (text: string): Json => (parseNested(text) ?? text.trim()) as Json;

/** Words of an insight that is one text, or a list of texts; undefined for any other shape. */
export function insightText(insights: readonly Insight[], key: string): string | undefined {
  const value = insights.find((insight) => insight.key === key)?.value;
  if (typeof value === 'string') return value;
  if (!Array.isArray(value) || !value.every((entry) => typeof entry === 'string')) return undefined;
  return value.join(' ');
}

function withoutCoachNotes(value: Json): Json {
  if (typeof value === 'string') return COACH_NOTE.test(value) ? null : value;
  if (!Array.isArray(value)) return value;
  return value.filter((entry) => !(typeof entry === 'string' && COACH_NOTE.test(entry)));
}

const isEmpty = (value: Json): boolean =>
  value === null ||
  value === '' ||
  (Array.isArray(value) && value.every(isEmpty)) ||
  (typeof value === 'object' && !Array.isArray(value) && Object.values(value).every(isEmpty));
