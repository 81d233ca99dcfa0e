import type { Insight, Json } from '#shared/model.ts';
import { cutTo, LIMITS } from '../lib/limits.ts';
import { readAthena } from './athena.ts';
import { type Ledger, type Reader, read } from './reading.ts';
import { readText, readTexts, textBudget } from './texts.ts';

/** The model's copies of coach notes among its recommendations. */
const COACH_NOTE = /^Rule '.*': /s;
/** Insights that are one text each, whatever the tenant's schema says. */
const TEXTS = ['summary', 'topic'];

/** Insights of a record as shown: texts read as they are meant, without empty ones and repeated coach notes. */
export function readInsights(rest: readonly [string, unknown][], book: Ledger): Insight[] {
  const budget = textBudget();
  return shownInsights(
    rest.map(([key, given]) => ({ key, column: key, given, value: readTexts(given as Json, budget) })),
    book,
  );
}

/** Insights of a row as shown. What was read otherwise than as written is told. */
export function readInsightCells(
  cells: readonly { key: string; column: string; text: string }[],
  book: Ledger,
): Insight[] {
  const budget = textBudget();
  return shownInsights(
    cells.map(({ key, column, text }) => {
      const value = readText(text, budget);
      const athena = typeof value === 'string' ? readAthena(value, TEXTS.includes(key), budget) : undefined;
      if (athena) book.take(column, text, () => ({ told: athena.form }));
      return { key, column, given: text, value: athena ? athena.value : value };
    }),
    book,
  );
}

/** An insight as read, beside what was given. */
interface ReadInsight {
  key: string;
  column: string;
  given: unknown;
  value: Json;
}

function shownInsights(insights: readonly ReadInsight[], book: Ledger): Insight[] {
  return insights.flatMap(({ key, column, given, value: whole }) => {
    const own = unwrapped(key, whole);
    const value = key === 'recommendations' ? withoutCoachNotes(own) : own;
    if (isEmpty(value)) return [];
    const name = cutTo(key, LIMITS.name);
    const short = cutTexts(value);
    if (name !== key) book.take('key', key, cutAt(LIMITS.name));
    if (short !== value) book.take(cutTo(column, LIMITS.name), given, cutAt(LIMITS.insight));
    return [{ key: name, value: short }];
  });
}

const cutAt =
  (most: number): Reader<unknown> =>
  (value) => ({ ...read(value), told: 'cut-short', most });

/** The same value where no text in it is too long. */
function cutTexts(value: Json): Json {
  if (typeof value === 'string') return cutTo(value, LIMITS.insight);
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) {
    const items = value.map(cutTexts);
    return items.every((item, i) => item === value[i]) ? value : items;
  }
  const entries = Object.entries(value).map(
    ([key, inner]) => [key, cutTo(key, LIMITS.insight), cutTexts(inner)] as const,
  );
  if (entries.every(([key, name, inner]) => key === name && inner === value[key])) return value;
  const pairs = new Map<string, Json>();
  // Two that are alike up to there are still two.
  for (const [, name, inner] of entries) pairs.set(pairs.has(name) ? `${name}… ${pairs.size}` : name, inner);
  return Object.fromEntries(pairs);
}

/** Models wrap an answer in the key that was asked for once more: {"summary": {"summary": "…"}}. */
function unwrapped(key: string, value: Json): Json {
  const only = Array.isArray(value) && value.length === 1 ? (value[0] as Json) : value;
  if (only === null || typeof only !== 'object' || Array.isArray(only)) return value;
  const [[name, inner] = [], ...more] = Object.entries(only);
  return more.length === 0 && inner !== undefined && name?.toLowerCase() === key.toLowerCase() ? inner : value;
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
