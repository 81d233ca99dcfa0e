import { strip } from '#shared/format/strip.ts';
import { LIMITS } from '../lib/limits.ts';
import { isAbsentWord } from '../source/absent-word.ts';
import { doesNotApply, NOTHING, type Reader, type Reading, read, saysNothing, unread } from './reading.ts';
import type { RemarkCode } from './remarks.ts';

const NUMBER = /^[+-]?(\d+(\.\d+)?|\.\d+)(e[+-]?\d+)?$/i;
const YES = new Set(['true', 'yes', 'pass', 'passed', 'met']);
const NO = new Set(['false', 'no', 'fail', 'failed', 'not met']);
/** Marks around a verdict, as in "Passed." and "**Fail**". */
const MARK = /[\s.,;:!*_`"'“”‘’()]/;
/** "8/10", "8 of 10", "8 out of 10". */
const OUT_OF = /^([\d.e+−-]+)(?:\s*\/\s*|\s+(?:out\s+)?of\s+)([\d.e+−-]+)$/i;
/** "0:01:23", "00:01:23.5", and the "0 days 00:01:23" of Python's tables. */
const CLOCK = /^(?:(\d+) days? )?(\d+):([0-5]\d):([0-5]\d(?:[.,]\d+)?)$/;

/** Number, or text that is one, perhaps with an exponent; a decimal comma makes none. */
export function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value !== 'string') return undefined;
  const text = value.trim().replace(/^−/, '-');
  const number = NUMBER.test(text) ? Number(text) : Number.NaN;
  return Number.isFinite(number) ? number : undefined;
}

/** Values of which a word for none is worth one remark for its column: a sheet's numbers, dates and labels. */
function typed<T>(code: RemarkCode, parse: (value: unknown) => T | undefined): Reader<T> {
  return (value) => {
    if (value === null || value === undefined || value === '') return NOTHING;
    const found = parse(value);
    if (found !== undefined) return read(found);
    if (typeof value !== 'string') return unread(code);
    return value.trim() === '' ? NOTHING : unread(isAbsentWord(value) ? 'absent-word' : code);
  };
}

/** A number between both ends. */
export const numberWithin = (
  code: RemarkCode,
  min = Number.NEGATIVE_INFINITY,
  max = Number.POSITIVE_INFINITY,
): Reader<number> =>
  typed(code, (value) => {
    const number = numberOf(value);
    return number !== undefined && number >= min && number <= max ? number : undefined;
  });

/** A whole number from 0 on. */
export const countOf: Reader<number> = typed('not-a-count', (value) => {
  const number = numberOf(value);
  return number !== undefined && number >= 0 && Number.isInteger(number) ? number : undefined;
});

/** One of some words, in any case. */
export const wordAmong = <Word extends string>(code: RemarkCode, words: readonly Word[]): Reader<Word> =>
  typed(code, (value) =>
    typeof value === 'string' ? words.find((word) => word === value.trim().toLowerCase()) : undefined,
  );

/** A to E. */
export const gradeOf: Reader<string> = typed('not-a-grade', (value) =>
  typeof value === 'string' ? /^[A-E]$/.exec(value.trim())?.[0] : undefined,
);

/** Seconds, from a number of them or from a clock's hours, minutes and seconds. */
const lengthOf: Reader<number> = typed('not-a-length', (value) => {
  const number = numberOf(value);
  if (number !== undefined || typeof value !== 'string') return number;
  const [, days = '0', hours = '', minutes = '', seconds = ''] = CLOCK.exec(value.trim()) ?? [];
  if (hours === '') return undefined;
  // Whole seconds first: a sum with a fraction in it is not exact in binary.
  return Number(days) * 86_400 + Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds.replace(',', '.'));
});

/** The longest that a call is believed to last. */
const LONGEST_CALL_SECONDS = 86_400;

/** The given length of a call, up to 24 hours. One below 0 stays: it is no length, and no other takes its place. */
export const callLengthOf: Reader<number> = (value) => {
  const { value: seconds, ...none } = lengthOf(value);
  if (seconds === undefined) return none;
  if (seconds < 0) return { value: seconds, told: 'negative' };
  return seconds > LONGEST_CALL_SECONDS ? unread('too-long') : read(seconds);
};

/** Whether something passed: a boolean, 1 or 0, or a word; one with marks around it is told. What says "does not apply" is no verdict, and no remark. */
export const verdictOf: Reader<boolean> = (value) => {
  if (typeof value === 'boolean') return read(value);
  if (doesNotApply(value)) return NOTHING;
  const number = numberOf(value);
  if (number === 1 || number === 0) return read(number === 1);
  const isWord = typeof value === 'string' && value.length <= LIMITS.name;
  const word = isWord ? value.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase() : '';
  if (YES.has(word) || NO.has(word)) return read(YES.has(word));
  const bare = strip(word, MARK, MARK).replaceAll(/[\s_-]+/g, ' ');
  if (YES.has(bare)) return { value: true, told: 'read-as-passed' };
  return NO.has(bare) ? { value: false, told: 'read-as-failed' } : unread('not-a-verdict');
};

/** A score from 0 to 100: a number, a percentage, or so many of so many. */
export const scoreOf: Reader<number> = (value) => {
  if (doesNotApply(value)) return NOTHING;
  const score = typeof value === 'string' ? scoreIn(value.trim()) : numberOf(value);
  return score !== undefined && score >= 0 && score <= 100 ? read(score) : unread('not-a-score');
};

/** The score of a whole call in a sheet: as any score, but a word for none is told of the column. */
export const overallScoreOf: Reader<number> = (value): Reading<number> =>
  typeof value === 'string' && value.trim() !== '' && saysNothing(value) ? unread('absent-word') : scoreOf(value);

function scoreIn(text: string): number | undefined {
  const number = numberOf(text.endsWith('%') ? text.slice(0, -1) : text);
  if (number !== undefined) return number;
  const [, part, whole] = OUT_OF.exec(text) ?? [];
  const [points, most] = [numberOf(part), numberOf(whole)];
  if (points === undefined || most === undefined || most <= 0) return undefined;
  // Multiplied first: 7 / 10 * 100 is not 70 in binary.
  return (points * 100) / most;
}
