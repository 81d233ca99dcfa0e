import type { Json } from '../ports.ts';

/** Words that say nothing, in lower case. */
const SILENT = new Set(['', 'null', 'none', 'n/a', 'na', 'nil', 'undefined', '-', '–', '—', '.', '…', '...']);
const PASSED = new Set(['true', 'yes', 'pass', 'passed', 'met', '1']);
const FAILED = new Set(['false', 'no', 'fail', 'failed', 'not met', '0']);
const NOT_APPLICABLE = new Set(['not applicable', 'does not apply', 'n/a', 'na', 'null', 'none', '']);

/**
 * A verdict as a model writes it: a boolean, 1 or 0, or a word in any case.
 * @returns `none` where it says that the rule does not apply; undefined where it says nothing that can be read
 */
export function verdictOf(value: Json | undefined): boolean | 'none' | undefined {
  if (value === undefined) return undefined;
  if (value === null) return 'none';
  if (typeof value === 'boolean') return value;
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const word = wordOf(String(value));
  if (PASSED.has(word)) return true;
  if (FAILED.has(word)) return false;
  return NOT_APPLICABLE.has(word) ? 'none' : undefined;
}

const wordOf = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s_]+/g, ' ')
    .trim()
    .replace(/[.!]$/, '');

const SHARE = /^(\d{1,9}(?:\.\d{1,9})?) ?(?:\/|of|out of) ?(\d{1,9}(?:\.\d{1,9})?)$/;
const PERCENT = /^(\d{1,9}(?:\.\d{1,9})?) ?%?$/;

/** A score from 0 to 100: a number, or a text such as "85", "85 %" and "8 out of 10". @returns undefined for all else, never a guess */
export function scoreOf(value: Json | undefined): number | undefined {
  const score = typeof value === 'number' ? value : typeof value === 'string' ? written(wordOf(value)) : undefined;
  return score !== undefined && score >= 0 && score <= 100 ? score : undefined;
}

function written(text: string): number | undefined {
  const [, part, whole] = SHARE.exec(text) ?? [];
  if (part !== undefined) return Number(whole) > 0 ? (100 * Number(part)) / Number(whole) : undefined;
  const [, number] = PERCENT.exec(text) ?? [];
  return number === undefined ? undefined : Number(number);
}

/** A sentence as a model writes it: text, or a list of texts. @returns undefined where it says nothing */
export function textOf(value: Json | undefined): string | undefined {
  const text = (Array.isArray(value) ? value.filter((each) => typeof each === 'string').join(' ') : value) ?? '';
  if (typeof text !== 'string') return undefined;
  const plain = text.toWellFormed().trim();
  return SILENT.has(plain.toLowerCase()) ? undefined : plain;
}
