import { type Digit, digitsOf } from './digits.ts';
import { MARK, type Span, spansOf, withSpans } from './spans.ts';

/** Masks a text whose call is not known. */
export type NameMask = (text: string) => string;

/** Digits from which on a number that stands in a name is hidden. */
const LEAST_HIDDEN = 7;
/** Groups of one number lie so far apart at most, over letters too; a single digit only beside others. */
const MAX_SIGNS = 60;
const LEAST_GROUP = 2;
/** What the program itself puts there: rows of a sheet, folders of the input, names of blobs and paths of pages. */
const OWN = /^(?:row \d{1,8}: |\d{1,8} more )|final\/v2\.0-flat\/|final\/v1\.0\/|blobs\/[0-9a-f]{64}|\/~[0-9a-f]{24}\//;
/** Where a key of the input begins in a message. */
const KEY = /(?:enriched|final\/v[12]\.0(?:-flat)?)\//;
const SHOWN = '•••';

/**
 * Masks numbers in names and reasons: every run of seven or more digits, and groups that may be one number. What the program
 * itself put there stays.
 */
export const maskNames: NameMask = (text) => outside(text, OWN_ALONE, inNames);

/**
 * Masks numbers in what is logged: every run of seven or more digits, and in keys of the input also groups. Addresses, ports and
 * times stay readable.
 * @param kept stays as it is, such as the address of a store
 */
export function maskMessages(kept: readonly string[]): NameMask {
  const literals = kept
    .filter((text) => text !== '')
    .map((text) => text.replace(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`));
  const own = new RegExp([OWN.source, ...literals].join('|'), 'g');
  return (text) => {
    const begins = text.search(KEY);
    const [said, keys] = begins < 0 ? [text, ''] : [text.slice(0, begins), text.slice(begins)];
    return outside(said, own, inMessages) + outside(keys, own, inNames);
  };
}

const OWN_ALONE = new RegExp(OWN.source, 'g');
const inNames = (part: string): string =>
  withSpans(
    part,
    groupSpans(digitsOf([part]), () => SHOWN),
  );
const inMessages = (part: string): string =>
  withSpans(
    part,
    runSpans(digitsOf([part]), () => SHOWN),
  );

/** The text with its foreign parts masked. */
function outside(text: string, own: RegExp, mask: (part: string) => string): string {
  let shown = '';
  let read = 0;
  for (const { 0: found, index } of text.matchAll(own)) {
    shown += mask(text.slice(read, index)) + found;
    read = index + found.length;
  }
  return shown + mask(text.slice(read));
}

/** Spans of runs of seven or more digits, in one text. */
export function runSpans(digits: readonly Digit[], shown: (number: string) => string): Span[] {
  return runsOf(digits, ({ joined }) => joined)
    .filter((run) => run.length >= LEAST_HIDDEN)
    .flatMap((run) => spansOfRun(digits, run, shown));
}

/** Spans of groups that together have seven or more digits; dates are none. */
export function groupSpans(digits: readonly Digit[], shown: (number: string) => string): Span[] {
  const groups = runsOf(digits, ({ joined }) => joined);
  const dated = new Set(groups.flatMap((_, i) => (isDate(digits, groups.slice(i, i + 3)) ? [i, i + 1, i + 2] : [])));
  const undated = groups.filter((_, i) => !dated.has(i));
  const close = joinRuns(undated, (last, first) => last === first - 1 && digits[first]?.close === true);
  return joinRuns(
    close.filter(({ length }) => length >= LEAST_GROUP),
    (last, first) => (digits[first]?.at ?? 0) - (digits[last]?.at ?? 0) - 1 <= MAX_SIGNS,
  )
    .filter((number) => number.length >= LEAST_HIDDEN)
    .flatMap((number) => spansOfRun(digits, number, shown));
}

/** Runs of places as longer ones, where one goes on from the other. */
function joinRuns(runs: readonly number[][], goesOn: (last: number, first: number) => boolean): number[][] {
  const joined: number[][] = [];
  for (const run of runs) {
    const open = joined.at(-1);
    const last = open?.at(-1);
    if (open && last !== undefined && goesOn(last, run[0] as number)) for (const place of run) open.push(place);
    else joined.push([...run]);
  }
  return joined;
}

/** Places of digits that go on from each other. */
function runsOf(digits: readonly Digit[], goesOn: (digit: Digit) => boolean): number[][] {
  const runs: number[][] = [];
  for (const [i, digit] of digits.entries()) {
    const run = runs.at(-1);
    if (run && goesOn(digit)) run.push(i);
    else runs.push([i]);
  }
  return runs;
}

function spansOfRun(digits: readonly Digit[], run: readonly number[], shown: (number: string) => string): Span[] {
  const number = run.map((i) => digits[i]?.value).join('');
  const [first = 0, last = 0] = [run[0], run.at(-1)];
  const marks = new Uint8Array(last - first + 1);
  for (const i of run) marks[i - first] = MARK.part;
  marks[last - first] = MARK.end;
  return spansOf(digits.slice(first, last + 1), marks, shown(number)).flat();
}

/** "2026-03-30", "30.03.2026" or "03/30/2026". */
function isDate(digits: readonly Digit[], groups: readonly number[][]): boolean {
  if (groups.length < 3 || groups.slice(1).some(([first]) => gapBefore(digits, first as number) !== 1)) return false;
  const [a = '', b = '', c = ''] = groups.map((group) => group.map((i) => digits[i]?.value).join(''));
  const [year, day] = a.length === 4 ? [a, c] : [c, a];
  return /^(19|20)\d\d$/.test(year) && [b, day].every((each) => /^(0?[1-9]|[12]\d|3[01])$/.test(each));
}

const gapBefore = (digits: readonly Digit[], i: number): number => (digits[i]?.at ?? 0) - (digits[i - 1]?.at ?? 0) - 1;
