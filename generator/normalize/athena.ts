/** Athena's own text of arrays, rows and maps in a CSV: `[A, B]` and `{name=billing, score=0.9}`. It quotes nothing. */
import type { Json } from '#shared/model.ts';
import { isAbsentWord } from '../source/absent-word.ts';
import type { Budget } from '../source/json.ts';

/** What a cell of Athena's holds, and which of its forms it was. */
export interface AthenaValue {
  value: Json;
  form: 'athena-list' | 'athena-pairs';
}

/** Levels that are taken apart; deeper ones stay text. */
const MAX_DEPTH = 8;
const OPEN = new Map([
  ['[', ']'],
  ['{', '}'],
]);

/**
 * @param isText the insight is one text, so several items are that text and not a list
 * @param budget for the values of texts; what may have more stays text
 * @returns undefined where the text is none of Athena's
 */
export function readAthena(text: string, isText: boolean, budget: Budget): AthenaValue | undefined {
  if (!isOne(text) || isJson(text)) return undefined;
  const values = valuesIn(text);
  if (values > budget.left) return undefined;
  budget.left -= values;
  const inner = text.slice(1, -1).trim();
  if (text.startsWith('{')) {
    const value = pairsOf(inner, 1);
    return value && { value, form: 'athena-pairs' };
  }
  const items = splitOutside(inner);
  if (items.length === 1) return { value: valueIn(inner, 1), form: 'athena-list' };
  return { value: isText ? inner : listOf(items, 1), form: 'athena-list' };
}

/** As many as its brackets and commas may hold. */
function valuesIn(text: string): number {
  let values = 0;
  for (const sign of text) if (sign === ',' || OPEN.has(sign)) values++;
  return values;
}

const listOf = (items: readonly string[], depth: number): Json[] =>
  items.map((item) => valueIn(item, depth)).filter((item) => item !== null);

function valueIn(text: string, depth: number): Json {
  const plain = text.trim();
  if (isAbsentWord(plain)) return null;
  const inner = plain.slice(1, -1);
  if (depth > MAX_DEPTH || !isOne(plain)) return plain;
  if (plain.startsWith('[')) return inner.trim() === '' ? [] : listOf(splitOutside(inner), depth + 1);
  return pairsOf(inner, depth + 1) ?? plain;
}

/** `a=b, c=d`; a piece without "=" goes on with the value before it. Undefined where that makes no pairs. */
function pairsOf(text: string, depth: number): { [key: string]: Json } | undefined {
  const pairs: [key: string, value: string][] = [];
  for (const piece of splitOutside(text)) {
    const at = piece.indexOf('=');
    const last = pairs.at(-1);
    if (at > 0) pairs.push([piece.slice(0, at).trim(), piece.slice(at + 1)]);
    else if (last) last[1] += `, ${piece}`;
    else return undefined;
  }
  const keys = new Set(pairs.map(([key]) => key));
  if (pairs.length === 0 || keys.size < pairs.length || keys.has('') || keys.has('__proto__')) return undefined;
  return Object.fromEntries(pairs.map(([key, value]) => [key, valueIn(value, depth)]));
}

/** At each ", " that stands in no brackets; at every one where the brackets do not close. */
function splitOutside(text: string): string[] {
  const pieces: string[] = [];
  const open: string[] = [];
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    const sign = text[at] as string;
    const close = OPEN.get(sign);
    if (close !== undefined) open.push(close);
    else if (sign === ']' || sign === '}') {
      if (open.pop() !== sign) return text.split(', ');
    } else if (open.length === 0 && text.startsWith(', ', at)) {
      pieces.push(text.slice(from, at));
      from = at + 2;
    }
  }
  return open.length > 0 ? text.split(', ') : [...pieces, text.slice(from)];
}

/** JSON that was not fit to work on is shown as it is. */
function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Whether a text is one bracket with what is in it: "[A] said [B]" is not. */
function isOne(text: string): boolean {
  const close = OPEN.get(text[0] ?? '');
  if (close === undefined || text.length < 2 || !text.endsWith(close)) return false;
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === text[0]) depth++;
    else if (text[at] === close && --depth === 0) return at === text.length - 1;
  }
  return true;
}
