import type { Digit } from './digits.ts';

/** A piece of a text, and what is shown in its place. */
export interface Span {
  start: number;
  end: number;
  shown: string;
}

/** Stands for a group of digits of which the pseudonym stands elsewhere. */
const HIDDEN = '••';

/** Of each digit: not marked, part of a number, or of its end, where the pseudonym is shown. */
export type Marks = Uint8Array;
export const MARK = { part: 1, end: 2 } as const;

/**
 * The spans of marked digits, by text: groups of one number that lie close together are one.
 * @returns for each text its spans, in order
 */
export function spansOf(digits: readonly Digit[], marks: Marks, pseudonym: string): Span[][] {
  const spans: Span[][] = [];
  for (const [i, { text, start, end, close }] of digits.entries()) {
    if (!marks[i]) continue;
    const isEnd = marks[i] === MARK.end;
    spans[text] ??= [];
    const own = spans[text];
    const open = own.at(-1);
    if (open && close && i > 0 && marks[i - 1]) {
      open.end = end;
      if (isEnd) open.shown = pseudonym;
    } else own.push({ start, end, shown: isEnd ? pseudonym : HIDDEN });
  }
  return spans;
}

/** The text with what is shown in place of its spans. They may overlap: then one begins where the other ends. */
export function withSpans(text: string, spans: readonly Span[]): string {
  let shown = '';
  let read = 0;
  for (const span of spans.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    if (span.end <= read) continue;
    let start = Math.max(span.start, read);
    while (start > read && (text[start - 1] === '+' || text[start - 1] === '(')) start--;
    shown += text.slice(read, start) + span.shown;
    read = span.end;
  }
  return shown + text.slice(read);
}
