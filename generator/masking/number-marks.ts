import type { Digit } from './digits.ts';
import { MARK, type Marks } from './spans.ts';

/** Digits from which on a number in running text may be a party's: its last ones, or so many. */
const LEAST = 6;
/** Digits of a number that are one's own even without its last ones. */
const LEAST_OF_PART = 7;
/** Two groups of one number lie so far apart at most: in signs of one text, or in texts between them. */
const MAX_SIGNS = 60;
const MAX_TEXTS = 3;
/** Digits from which on a group is taken up again after other digits. */
const LEAST_TAKEN_UP = 3;
/** Groups that may be taken up at one place of the number: an agent repeats what a customer says. */
const HELD = 8;

/** Digits that follow each other both in the text and in the number, as far as one group goes. */
interface Piece {
  from: number;
  to: number;
  /** Place of its first digit in the number. */
  at: number;
  startsGroup: boolean;
  endsGroup: boolean;
  /** Digits of its run up to its end, and from its start on. */
  before: number;
  after: number;
  /** What may come before it. */
  past: Piece[];
  /** Most digits of the number up to its end, and from its start to the number's last one. */
  most: number;
  toEnd: number;
}

/** Digits that are looked at together; a text may have millions. */
const BLOCK = 50_000;
/** As many digits beside a block, for each of the number's, can have to do with what is in it. */
const REACH = 25;

/**
 * Which digits are a number's: with or without country code and trunk zero, however grouped, beside other digits, and in groups
 * between which words or turns lie. Takes time in proportion to the digits.
 * @param number its digits
 * @returns for each digit whether it is marked, and whether it is of the number's end
 */
export function markNumber(digits: readonly Digit[], number: string): Marks {
  if (digits.length <= 2 * BLOCK) return markBlock(digits, number);
  const marks = new Uint8Array(digits.length);
  const reach = REACH * number.length;
  for (let from = 0; from < digits.length; from += BLOCK) {
    const first = Math.max(0, from - reach);
    const own = markBlock(digits.slice(first, from + BLOCK + reach), number);
    marks.set(own.subarray(from - first, from - first + Math.min(BLOCK, digits.length - from)), from);
  }
  return marks;
}

function markBlock(digits: readonly Digit[], number: string): Marks {
  const marks = new Uint8Array(digits.length);
  const zeros = afterZeros(digits);
  const pieces: Piece[] = [];
  // Where a part of the number that goes on at a place was last seen.
  let heldTo = 0;
  const lastBefore = new Int32Array(number.length).fill(-1);
  const goesOnFrom = (from: number, to: number, at: number): boolean => {
    for (let i = from; i < to; i++) {
      const last = lastBefore[at + i - from] ?? -1;
      if (last >= 0 && areNear(digits[last] as Digit, digits[i] as Digit)) return true;
    }
    return false;
  };
  eachRun(digits, number, (from, to, at) => {
    const hasEnd = at + to - from === number.length;
    // What is not needed to find more is not held: a text may repeat the number's end millions of times.
    if (hasEnd && to - from < LEAST && !goesOnFrom(from, to, at)) return;
    if (hasEnd && to - from >= LEAST) {
      mark(marks, from, to, false);
      mark(marks, lastGroup(digits, from, to), to, true);
      markLeft(digits, number.slice(0, at), from, marks);
      if (from < heldTo) return;
      heldTo = to;
    }
    const own = piecesOf(digits, from, to, at);
    for (const piece of own) {
      pieces.push(piece);
      if (piece.endsGroup && piece.before >= LEAST_TAKEN_UP && piece.at + piece.to - piece.from < number.length)
        lastBefore[piece.at + piece.to - piece.from] = piece.to - 1;
    }
    if (!hasEnd) markPart(digits, own, marks, zeros);
  });
  pieces.sort((a, b) => a.from - b.from);
  takeUp(digits, pieces, number.length);
  for (let i = pieces.length - 1; i >= 0; i--) {
    const piece = pieces[i] as Piece;
    const length = piece.to - piece.from;
    if (piece.at + length === number.length) piece.toEnd = length;
    for (const past of piece.past) past.toEnd = Math.max(past.toEnd, past.to - past.from + piece.toEnd);
    if (piece.most + piece.toEnd - length >= LEAST)
      mark(marks, piece.from, piece.to, piece.at + length === number.length);
  }
  for (const { from, at, before, to } of pieces)
    if (before === to - from && marks[from]) markLeft(digits, number.slice(0, at), from, marks);
  return marks;
}

/** Calls back for each longest run of digits that are also a run of the number's. */
function eachRun(
  digits: readonly Digit[],
  number: string,
  found: (from: number, to: number, at: number) => void,
): void {
  const size = number.length;
  let [now, before] = [new Uint16Array(size), new Uint16Array(size)];
  for (let i = 0; i <= digits.length; i++) {
    const digit = digits[i];
    const linked = digit !== undefined && i > 0 && areNear(digits[i - 1] as Digit, digit);
    for (let at = 0; at < size; at++) {
      const run = at > 0 && linked ? (before[at - 1] ?? 0) : 0;
      now[at] = digit !== undefined && digit.value === number[at] ? run + 1 : 0;
      const ended = before[at] ?? 0;
      const goesOn = linked && at + 1 < size && digit.value === number[at + 1];
      if (!goesOn && (ended >= LEAST_TAKEN_UP || (ended === 2 && at + 1 === size))) found(i - ended, i, at + 1 - ended);
    }
    [now, before] = [before, now];
  }
}

const areNear = (a: Digit, b: Digit): boolean =>
  a.text === b.text ? b.at - a.at - 1 <= MAX_SIGNS : b.text - a.text - 1 <= MAX_TEXTS;

function piecesOf(digits: readonly Digit[], from: number, to: number, at: number): Piece[] {
  const pieces: Piece[] = [];
  for (let start = from; start < to; ) {
    let end = start + 1;
    while (end < to && digits[end]?.joined) end++;
    const past = pieces.slice(-1);
    pieces.push({
      from: start,
      to: end,
      at: at + start - from,
      startsGroup: !digits[start]?.joined,
      endsGroup: !digits[end]?.joined,
      before: end - from,
      after: to - start,
      past,
      most: 0,
      toEnd: Number.NEGATIVE_INFINITY,
    });
    start = end;
  }
  return pieces;
}

/** Part of a number in whole groups, without its end: "01632 960 …". Where digits follow at once, it is another number. */
function markPart(digits: readonly Digit[], pieces: readonly Piece[], marks: Marks, zeros: Uint8Array): void {
  const first = pieces.find(({ startsGroup, from }) => startsGroup || zeros[from]);
  const last = pieces.at(-1);
  if (!first || !last?.endsGroup || digits[last.to]?.close) return;
  if (last.to - first.from >= LEAST_OF_PART) mark(marks, first.from, last.to, false);
}

/** Where the last group of some digits begins among them. */
function lastGroup(digits: readonly Digit[], from: number, to: number): number {
  let start = to - 1;
  while (start > from && digits[start]?.joined) start--;
  return start;
}

/** Of each digit whether nothing but zeros stands before it in its group. */
function afterZeros(digits: readonly Digit[]): Uint8Array {
  const zeros = new Uint8Array(digits.length);
  for (const [i, { joined }] of digits.entries())
    zeros[i] = !joined ? 1 : digits[i - 1]?.value === '0' ? (zeros[i - 1] ?? 0) : 0;
  return zeros;
}

/** Finds which pieces go on from which, over other digits, and how many digits lead to each. */
function takeUp(digits: readonly Digit[], pieces: readonly Piece[], size: number): void {
  const held = new Map<number, Piece[]>();
  for (const piece of pieces) {
    const { from, to, at, startsGroup, endsGroup, before, after } = piece;
    if (startsGroup && (after >= LEAST_TAKEN_UP || at + after === size))
      for (const past of held.get(at) ?? [])
        if (past.to < from && areNear(digits[past.to - 1] as Digit, digits[from] as Digit)) piece.past.push(past);
    piece.most = to - from + piece.past.reduce((most, past) => Math.max(most, past.most), 0);
    if (!endsGroup || before < LEAST_TAKEN_UP) continue;
    const open = held.get(at + to - from) ?? [];
    open.push(piece);
    if (open.length > HELD) open.shift();
    held.set(at + to - from, open);
  }
}

/** The rest of a number to the left of what was found, a trunk zero and the zeros of an exit code; whole groups only. */
function markLeft(digits: readonly Digit[], rest: string, from: number, marks: Marks): void {
  let [zeros, left, sure] = [0, rest.length, from];
  for (let i = from; i > 0 && digits[i]?.close; i--) {
    const { value, joined } = digits[i - 1] as Digit;
    if (left > 0 && value === rest[left - 1]) left--;
    else if (value !== '0' || ++zeros > 3) break;
    if (!joined) sure = i - 1;
  }
  mark(marks, sure, from, false);
}

function mark(marks: Marks, from: number, to: number, isEnd: boolean): void {
  for (let i = from; i < to; i++) marks[i] = isEnd ? MARK.end : marks[i] || MARK.part;
}
