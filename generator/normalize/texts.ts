import type { Json } from '#shared/model.ts';
import { LIMITS } from '../lib/limits.ts';
import { isAbsentWord } from '../source/absent-word.ts';
import { type Budget, parseNested } from '../source/json.ts';
import { isObject, NOTHING, type Reader, read } from './reading.ts';

const FENCE = '```';
/** Keys under which models put the words themselves. */
const WORDS = new Set([
  'quote',
  'text',
  'evidence',
  'excerpt',
  'utterance',
  'note',
  'coach_note',
  'message',
  'content',
]);

/** For the texts of one call's insights, or for one text. */
export const textBudget = (): Budget => ({ left: LIMITS.insightValues });

/**
 * A text as a model or a sheet means it: without its code fence, JSON read; null where it stands for no value.
 * @param budget for the values of JSON in texts; what has more stays text
 */
export function readText(text: string, budget: Budget = textBudget()): Json {
  const plain = unfenced(text.trim());
  if (isAbsentWord(plain)) return null;
  const nested = parseNested(plain, budget) as Json | undefined;
  return nested === undefined ? plain : pruned(nested);
}

/** The same of every text in a value. Texts inside of JSON in a text are read no further. */
export function readTexts(value: Json, budget: Budget = textBudget()): Json {
  const inner = (each: Json): Json => readTexts(each, budget);
  if (typeof value === 'string') return readText(value, budget);
  if (Array.isArray(value)) return value.map(inner).filter((item) => item !== null);
  if (isObject(value)) return mapValues(value as { [key: string]: Json }, inner);
  return value;
}

/** Evidence, a note, a name: text, a list or an object, as lines; nothing where none of it says anything. */
export const textOf: Reader<string> = (value) => {
  const lines = linesOf(readTexts((value ?? null) as Json));
  return lines === '' ? NOTHING : read(lines);
};

/** A name on one line. */
export const nameOf: Reader<string> = (value) => {
  const name = textOf(value).value?.replace(/\s+/g, ' ');
  return name === undefined ? NOTHING : read(name);
};

/** Items as lines. Of an object the words come first and bare, so that a quote is found where it was said. */
function linesOf(value: Json): string {
  if (value === null) return '';
  if (Array.isArray(value)) return joined(value.map(linesOf));
  if (typeof value !== 'object') return String(value).trim();
  const entries = Object.entries(value).map(([key, inner]) => ({ key, text: linesOf(inner) }));
  const said = entries.filter(({ text }) => text !== '');
  const isWords = ({ key }: { key: string }) => WORDS.has(key.toLowerCase());
  return joined([
    ...said.filter(isWords).map(({ text }) => text),
    ...said.filter((entry) => !isWords(entry)).map(({ key, text }) => `${key}: ${text}`),
  ]);
}

const joined = (lines: readonly string[]): string => lines.filter((line) => line !== '').join('\n');

/** A whole text in a Markdown code fence, perhaps one that was never closed; another fence inside makes it none. */
function unfenced(text: string): string {
  if (!text.startsWith(FENCE)) return text;
  const body = withoutLanguage(text.slice(FENCE.length));
  const inner = body.endsWith(FENCE) ? body.slice(0, -FENCE.length) : body;
  return inner.includes(FENCE) ? text : inner.trim();
}

/** A fence may be followed by a word on its line, or by "json" and the JSON at once. */
function withoutLanguage(body: string): string {
  const end = body.indexOf('\n');
  if (end >= 0 && /^[\w+-]*$/.test(body.slice(0, end).trim())) return body.slice(end + 1);
  const json = body.replace(/^json/i, '').trimStart();
  return /^[[{]/.test(json) ? json : body;
}

/** Without the words that stand for no value. */
function pruned(value: Json): Json {
  if (typeof value === 'string') return isAbsentWord(value) ? null : value;
  if (Array.isArray(value)) return value.map(pruned).filter((item) => item !== null);
  if (isObject(value)) return mapValues(value as { [key: string]: Json }, pruned);
  return value;
}

const mapValues = (object: { [key: string]: Json }, change: (value: Json) => Json): { [key: string]: Json } =>
  Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value)]));
