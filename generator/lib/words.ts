import { widthOf } from './command-line/width.ts';
import { type Printable, printable, say } from './printable.ts';

/** Rows as lines of a table: each column as wide on a terminal as its longest cell, two spaces between. */
export function columns(rows: readonly (readonly string[])[]): Printable[] {
  const shown = rows.map((row) => row.map((cell) => say`${cell}`));
  const widths: number[] = [];
  for (const row of shown) for (const [i, cell] of row.entries()) widths[i] = Math.max(widths[i] ?? 0, widthOf(cell));
  return shown.map((row) =>
    printable(
      row
        .map((cell, i) => cell + ' '.repeat((widths[i] ?? 0) - widthOf(cell)))
        .join('  ')
        .trimEnd(),
    ),
  );
}

/** No narrower than this is a text that stands beside a term. */
const NARROWEST = 24;

/**
 * Terms with a text beside each, two spaces in.
 * @param width of the terminal, by which texts are broken between words; absent: each has one line
 */
export function besides(rows: readonly (readonly [string, string])[], width?: number): Printable[] {
  const first = Math.max(0, ...rows.map(([term]) => term.length));
  const most = width === undefined ? Number.POSITIVE_INFINITY : Math.max(NARROWEST, width - first - 4);
  return rows.flatMap(([term, text]) =>
    linesOf(text, most).map((line, i) => say`  ${`${(i === 0 ? term : '').padEnd(first)}  ${line}`.trimEnd()}`),
  );
}

/** A text in lines of so many characters at most; a longer word has a line to itself. */
function linesOf(text: string, most: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= most) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** A number with its noun: "1 call", "2 calls". */
export const counted = (n: number, noun: string): Printable => say`${n} ${noun}${n === 1 ? '' : 's'}`;

/** Time gone by, to the two largest units: "2 d 5 h". */
export function elapsed(ms: number): string {
  const minutes = Math.max(0, Math.floor(ms / 60_000));
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ${minutes % 60} min` : `${Math.floor(hours / 24)} d ${hours % 24} h`;
}
