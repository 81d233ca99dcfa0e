import { LIMITS } from '../lib/limits.ts';
import type { Refusal, RefusalCode } from './refusals.ts';

/** JSON from outside: whatever cannot be read is refused with its reason, never thrown. */

export type JsonObject = { [key: string]: unknown };
export type Read<T> = { ok: true; value: T } | { ok: false; refusal: Refusal };

export const refuse = (code: RefusalCode, given?: Refusal['given']) =>
  ({ ok: false, refusal: { code, ...(given && { given }) } }) as const;

/** The text without its byte order mark. */
function readText(bytes: Uint8Array): Read<string> {
  if (bytes.byteLength === 0) return refuse('empty');
  try {
    return { ok: true, value: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return refuse('not-utf-8');
  }
}

/** One JSON object, alone in its file; it may span lines. */
export function readObject(bytes: Uint8Array): Read<JsonObject> {
  const text = readText(bytes);
  return text.ok ? parseObject(text.value, LIMITS.values) : text;
}

/** JSON lines, one object each; blank lines count for nothing, so a file of one line break has none. */
export function readLines(bytes: Uint8Array): Read<JsonObject[]> {
  const text = readText(bytes);
  if (!text.ok) return text;
  const values: JsonObject[] = [];
  let left: number = LIMITS.values;
  for (const line of text.value.split(/\r?\n/)) {
    if (line.trim() === '') continue;
    if (values.length === LIMITS.rules) return refuse('too-many-rules', { limit: LIMITS.rules });
    const object = parseObject(line, left);
    if (!object.ok) return object;
    left -= sizeOf(line, left).values;
    values.push(object.value);
  }
  return { ok: true, value: values };
}

/** A file of exactly one line, as the pipeline writes a call. Its fields, and the values of all of them, are bounded. */
export function readSingleLine(bytes: Uint8Array): Read<JsonObject> {
  const text = readText(bytes);
  if (!text.ok) return text;
  const lines = text.value.split(/\r?\n/).filter((line) => line.trim() !== '');
  const [line] = lines;
  if (line === undefined) return refuse('empty');
  if (lines.length > 1) return refuse('several-lines', { lines: lines.length });
  const object = parseObject(line, LIMITS.fields + LIMITS.insightValues);
  if (!object.ok) return object;
  const isWide = Object.keys(object.value).length > LIMITS.fields;
  return isWide ? refuse('too-many-fields', { limit: LIMITS.fields }) : object;
}

/** How many values may still be made of texts. */
export interface Budget {
  left: number;
}

/** The JSON list or object that a text is, where it is one that is fit to work on. @param budget its values are taken off it */
export function parseNested(text: string, budget: Budget): unknown[] | JsonObject | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  const { values, levels } = sizeOf(text, budget.left);
  if (values > budget.left || levels > LIMITS.levels) return undefined;
  try {
    const value = JSON.parse(text) as unknown[] | JsonObject;
    if (unsafe(value) !== undefined) return undefined;
    budget.left -= values;
    return value;
  } catch {
    return undefined;
  }
}

function parseObject(text: string, most: number): Read<JsonObject> {
  if (Buffer.byteLength(text.trim()) > LIMITS.objectBytes) return refuse('too-large', { limit: 8 });
  const { values, levels } = sizeOf(text, most);
  if (levels > LIMITS.levels) return refuse('too-deep', { levels: LIMITS.levels });
  if (values > most) return refuse('too-many-values', { limit: most });
  if (text.trim() === '') return refuse('empty');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return refuse(whyNotJson(text, (error as Error).message));
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return refuse('not-object');
  const code = unsafe(value);
  return code === undefined ? { ok: true, value: value as JsonObject } : refuse(code);
}

/**
 * Items and fields in a JSON text, and levels of lists and objects in each other, before anything is made of it.
 * @param most values or levels beyond which counting ends
 */
function sizeOf(text: string, most: number): { values: number; levels: number } {
  let [values, levels, depth] = [0, 0, 0];
  for (let i = 0; i < text.length && values <= most && levels <= LIMITS.levels; i++) {
    const sign = text.charCodeAt(i);
    // Most of what is read is in texts, which need not be looked at.
    if (sign === QUOTE) i = endOfText(text, i);
    else if (sign === COMMA) values++;
    else if (sign === BRACKET || sign === BRACE) {
      values++;
      levels = Math.max(levels, ++depth);
    } else if (sign === END_BRACKET || sign === END_BRACE) depth--;
  }
  return { values, levels };
}
const [QUOTE, COMMA, BRACKET, BRACE, END_BRACKET, END_BRACE, BACKSLASH] = Array.from('",[{]}\\', (sign) =>
  sign.charCodeAt(0),
);

/** Where the text ends that begins at a quote: at the next one without a backslash, which may itself be escaped; at the very end where there is none. */
function endOfText(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let before = end;
    while (before > start + 1 && text.charCodeAt(before - 1) === BACKSLASH) before--;
    if ((end - before) % 2 === 0) return end;
  }
  return text.length;
}

function whyNotJson(text: string, message: string): RefusalCode {
  const stoppedAt = Number(/at position (\d+)/.exec(message)?.[1] ?? -1);
  if (/end of JSON|Unterminated/i.test(message) || stoppedAt >= text.trimEnd().length) return 'breaks-off';
  if (/[:[,]\s*-?(NaN|Infinity)\b/.test(text)) return 'not-finite';
  return 'not-json';
}

/** What makes a parsed value unfit to work on. Its levels are bounded, so this cannot overflow the stack. */
function unsafe(value: unknown): RefusalCode | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : 'number-too-large';
  if (value === null || typeof value !== 'object') return undefined;
  if (!Array.isArray(value) && Object.hasOwn(value, '__proto__')) return 'prototype-key';
  for (const inner of Object.values(value)) {
    const code = unsafe(inner);
    if (code !== undefined) return code;
  }
  return undefined;
}
