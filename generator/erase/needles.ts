import { keyOf } from '../source/layout.ts';
import type { NamedCall } from './call-name.ts';
import { namesCall } from './structured.ts';

/** Something of a call that is looked for in every text. */
export interface Needle {
  /** In general words, for a person. */
  what: string; // e.g., "its id"
  isIn: (text: string) => boolean;
}

/** A word of that many signs with a digit in it stands for nothing else by chance. */
const LEAST_OF_ID = 6;
/** Digits without letters may be any figure, day or time. */
const LEAST_DIGITS = 9;
/** Words that every site has. */
const COMMON = /^(?:sha\d+|utf-?\d+|\d{4}-\d\d-\d\dT.*)$/i;

/** Whether an id is so distinctive that every place where it stands as a word tells of its call. */
export function isDistinctive(id: string): boolean {
  const digits = id.replace(/\D/g, '').length;
  return id.length >= LEAST_OF_ID && digits >= (/\p{L}/u.test(id) ? 1 : LEAST_DIGITS) && !COMMON.test(id);
}

/**
 * What names a call: its id, its page's path, keys of its objects. An id such as "12" or "summary" is looked for only where ids stand.
 * @param shown ids as shown, where outside parties are masked, that no other call is shown by
 * @param longer ids of other calls that have this one in them
 */
export function needlesOf({ id, segments }: NamedCall, shown: readonly string[], longer: readonly string[]): Needle[] {
  const needles: Needle[] = segments.map((segment) => ({
    what: "its page's path",
    isIn: (text) => holdsWord(text, `calls/${segment}`, []),
  }));
  const hashes = segments.filter((segment) => segment.startsWith('~')).map((segment) => segment.slice(1));
  for (const hash of hashes) needles.push({ what: "its path's hash", isIn: (text) => text.includes(hash) });
  for (const each of shown) needles.push({ what: 'its id as shown', isIn: (text) => holdsWord(text, each, []) });
  if (id === undefined) return needles;
  const keys = (['enriched', 'metadata', 'calls', 'qa'] as const).map((part) => keyOf(part, id));
  needles.push({ what: 'keys of its objects', isIn: (text) => keys.some((key) => holdsWord(text, key, [])) });
  if (!isDistinctive(id)) {
    needles.push({ what: 'its id, where ids stand', isIn: (text) => namesCall(text, id) });
    return needles;
  }
  needles.push({ what: 'its id', isIn: (text) => holdsWord(text, id, longer) });
  // Files of calls hold UUIDs end to end, without hyphens.
  const bare = id.replaceAll('-', '');
  if (/^[0-9a-f]{32}$/i.test(bare))
    needles.push({ what: 'its id without hyphens', isIn: (text) => text.includes(bare) });
  return needles;
}

/**
 * Whether a word stands in a text with no letter, digit, hyphen or underscore beside it.
 * @param longer words that hold this one: inside of them it does not count
 */
export function holdsWord(text: string, word: string, longer: readonly string[]): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const isWhole = !isOfWord(text, at - 1) && !isOfWord(text, at + word.length);
    if (isWhole && !longer.some((other) => isInside(text, at, word, other))) return true;
  }
  return false;
}

const isOfWord = (text: string, at: number): boolean => at >= 0 && /[\p{L}\p{N}_-]/u.test(text.charAt(at));

function isInside(text: string, at: number, word: string, other: string): boolean {
  for (let inner = other.indexOf(word); inner >= 0; inner = other.indexOf(word, inner + 1))
    if (text.startsWith(other, at - inner)) return true;
  return false;
}
