import type { Insight, Json } from '#shared/model.ts';
import { readAthena } from './athena.ts';
import type { RemarkCode } from './remarks.ts';
import { readText, readTexts } from './texts.ts';

/** The model's copies of coach notes among its recommendations. */
const COACH_NOTE = /^Rule '.*': /s;
/** Insights that are one text each, whatever the tenant's schema says. */
const TEXTS = ['summary', 'topic'];

/** Insights of a record as shown: texts read as they are meant, without empty ones and repeated coach notes. */
export const readInsights = (rest: readonly [string, unknown][]): Insight[] =>
  shownInsights(rest.map(([key, given]) => [key, readTexts(given as Json)]));

/** Insights of a row as shown. @param tell of a cell that was read otherwise than as written */
export const readInsightCells = (
  cells: readonly { key: string; column: string; text: string }[],
  tell: (code: RemarkCode, column: string, text: string) => void,
): Insight[] =>
  shownInsights(
    cells.map(({ key, column, text }) => {
      const value = readText(text);
      const athena = typeof value === 'string' ? readAthena(value, TEXTS.includes(key)) : undefined;
      if (athena) tell(athena.form, column, text);
      return [key, athena ? athena.value : value];
    }),
  );

function shownInsights(read: readonly [string, Json][]): Insight[] {
  const insights: Insight[] = [];
  for (const [key, given] of read) {
    const own = unwrapped(key, given);
    const value = key === 'recommendations' ? withoutCoachNotes(own) : own;
    if (!isEmpty(value)) insights.push({ key, value });
  }
  return insights;
}

/** Models wrap an answer in the key that was asked for once more: {"summary": {"summary": "…"}}. */
function unwrapped(key: string, value: Json): Json {
  const only = Array.isArray(value) && value.length === 1 ? (value[0] as Json) : value;
  if (only === null || typeof only !== 'object' || Array.isArray(only)) return value;
  const [[name, inner] = [], ...more] = Object.entries(only);
  return more.length === 0 && inner !== undefined && name?.toLowerCase() === key.toLowerCase() ? inner : value;
}

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
