import type { Json, JsonObject } from '../ports.ts';

/** Longer answers are not looked at, in code units. */
const LONGEST = 4_000_000;
/** Beginnings of an object that are tried where words stand around it. */
const MOST_TRIES = 50;

/**
 * The JSON object of a model's answer: the whole text, or what stands in a code fence or between words. What is cut off is never completed.
 * @param isAnswer tells the answer from other objects, such as an example that the model thinks about
 * @returns undefined where there is none
 */
export function objectIn(text: string, isAnswer: (object: JsonObject) => boolean): JsonObject | undefined {
  if (text.length > LONGEST) return undefined;
  const plain = text.replace(/^\s*<think>[\s\S]*?<\/think>/, '').trim();
  const whole = parsed(plain);
  if (whole) return whole;
  let from = plain.indexOf('{');
  for (let tries = 0; from >= 0 && tries < MOST_TRIES; tries++) {
    const end = endOf(plain, from);
    const object = end === undefined ? undefined : parsed(plain.slice(from, end));
    if (object && isAnswer(object)) return object;
    from = plain.indexOf('{', object ? (end ?? from) : from + 1);
  }
  return undefined;
}

function parsed(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value as Json) ? (value as JsonObject) : undefined;
  } catch {
    return undefined;
  }
}

/** Whether it is neither a list nor a plain value. */
export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Behind the brace that closes the one at `from`; braces within strings are none. */
function endOf(text: string, from: number): number | undefined {
  let [depth, isString] = [0, false];
  for (let at = from; at < text.length; at++) {
    const each = text[at];
    if (isString) {
      if (each === '\\') at++;
      else if (each === '"') isString = false;
    } else if (each === '"') isString = true;
    else if (each === '{') depth++;
    else if (each === '}' && --depth === 0) return at + 1;
  }
  return undefined;
}

/** Whether a value is nested no deeper than so: deeper ones end the program of whoever writes them. */
export function isShallow(value: Json, deepest: number): boolean {
  let level: Json[] = [value];
  for (let depth = 0; depth <= deepest; depth++) {
    level = level.flatMap((each) => (typeof each === 'object' && each !== null ? Object.values(each) : []));
    if (level.length === 0) return true;
  }
  return false;
}
