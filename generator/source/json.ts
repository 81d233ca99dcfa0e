import type { Refusal, RefusalCode } from './refusals.ts';

/** JSON from outside: whatever cannot be read is refused with its reason, never thrown. */

export type JsonObject = { [key: string]: unknown };
export type Read<T> = { ok: true; value: T } | { ok: false; refusal: Refusal };

/** Bytes of one JSON object. */
export const MAX_OBJECT_BYTES = 8 * 1024 * 1024;
/** Levels of one JSON object. */
const MAX_DEPTH = 64;

const refuse = (code: RefusalCode, given?: Refusal['given']) =>
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
  return text.ok ? parseObject(text.value) : text;
}

/** JSON lines, one object each; blank lines count for nothing, so a file of one line break has none. */
export function readLines(bytes: Uint8Array): Read<JsonObject[]> {
  const text = readText(bytes);
  if (!text.ok) return text;
  const values: JsonObject[] = [];
  for (const line of text.value.split(/\r?\n/)) {
    if (line.trim() === '') continue;
    const object = parseObject(line);
    if (!object.ok) return object;
    values.push(object.value);
  }
  return { ok: true, value: values };
}

/** A file of exactly one line, as the pipeline writes a call. */
export function readSingleLine(bytes: Uint8Array): Read<JsonObject> {
  const text = readText(bytes);
  if (!text.ok) return text;
  const lines = text.value.split(/\r?\n/).filter((line) => line.trim() !== '');
  const [line] = lines;
  if (line === undefined) return refuse('empty');
  if (lines.length > 1) return refuse('several-lines', { lines: lines.length });
  return parseObject(line);
}

/** The JSON list or object that a text is, where it is one that is fit to work on. */
export function parseNested(text: string): unknown[] | JsonObject | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    const value = JSON.parse(text) as unknown[] | JsonObject;
    return unsafe(value, 1) === undefined ? value : undefined;
  } catch {
    return undefined;
  }
}

function parseObject(text: string): Read<JsonObject> {
  if (Buffer.byteLength(text.trim()) > MAX_OBJECT_BYTES) return refuse('too-large', { limit: 8 });
  if (text.trim() === '') return refuse('empty');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return refuse(whyNotJson(text, (error as Error).message));
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return refuse('not-object');
  const code = unsafe(value, 1);
  if (code === undefined) return { ok: true, value: value as JsonObject };
  return code === 'too-deep' ? refuse(code, { levels: MAX_DEPTH }) : refuse(code);
}

function whyNotJson(text: string, message: string): RefusalCode {
  const stoppedAt = Number(/at position (\d+)/.exec(message)?.[1] ?? -1);
  if (/end of JSON|Unterminated/i.test(message) || stoppedAt >= text.trimEnd().length) return 'breaks-off';
  if (/[:[,]\s*-?(NaN|Infinity)\b/.test(text)) return 'not-finite';
  return 'not-json';
}

/** What makes a parsed value unfit to work on. Stops at the limit, so it cannot overflow the stack. */
function unsafe(value: unknown, depth: number): RefusalCode | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : 'number-too-large';
  if (value === null || typeof value !== 'object') return undefined;
  if (depth > MAX_DEPTH) return 'too-deep';
  if (Array.isArray(value)) {
    for (const inner of value) {
      const code = unsafe(inner, depth + 1);
      if (code !== undefined) return code;
    }
    return undefined;
  }
  for (const key of Object.keys(value)) {
    if (key === '__proto__') return 'prototype-key';
    const code = unsafe((value as JsonObject)[key], depth + 1);
    if (code !== undefined) return code;
  }
  return undefined;
}
