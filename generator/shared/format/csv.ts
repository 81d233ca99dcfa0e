/** A cell: a number stays one, a text is made safe, also one of digits, nothing is empty. */
export type Cell = string | number | undefined;

// Not csv-stringify: its `escape_formulas` looks at a cell's first character alone, so it lets a formula behind spaces, control and
// format characters, a line feed or a semicolon through, and it makes text of negative numbers.

/**
 * What makes a spreadsheet take a cell for a formula is = + - @ and what programs fold to them, such as wide, small and raised forms;
 * here also a control character, at which some programs cut a cell.
 */
const BEGINS_BADLY = /^[=+\-@＝＋－＠﹦﹢﹣﹫⁼⁺⁻₌₊₋﬩−⩵⩶\p{Cc}]/u;
/**
 * Where a program may begin another cell inside this one: at what parts cells in some dialect, and at quotes, which mean nothing
 * where a cell has not begun with one.
 */
const HAS_SEPARATOR = /[;,|"\p{Cc}\p{Zl}\p{Zp}]/u;
/** Separators and what is not seen, and the sign behind them, which is optional so that each run of them is looked at once. */
const RUN = /[;,|"\s\p{C}\p{Z}\p{Default_Ignorable_Code_Point}]+([=+\-@＝＋－＠﹦﹢﹣﹫⁼⁺⁻₌₊₋﬩−⩵⩶])?/gu;
const BYTE_ORDER_MARK = '\ufeff';

/**
 * A table as RFC 4180 has it, with the mark by which spreadsheets know UTF-8. A text that could be taken for a formula, as a whole
 * or from a separator on, gets an apostrophe there, which tells a spreadsheet that it is text.
 */
export const csvOf = (rows: readonly (readonly Cell[])[]): string =>
  BYTE_ORDER_MARK + rows.map((row) => `${row.map(cellOf).join(',')}\r\n`).join('');

function cellOf(cell: Cell): string {
  if (cell === undefined) return '';
  if (typeof cell === 'number') return Number.isFinite(cell) ? String(cell) : '';
  const safe = safeText(cell);
  return /[",;|\p{Cc}]|^\s|\s$/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A text that no spreadsheet runs. */
export function safeText(text: string): string {
  let isBad = BEGINS_BADLY.test(text);
  const inside = text.replace(RUN, (run: string, sign: string | undefined, at: number) => {
    if (sign === undefined) return run;
    if (at === 0) isBad = true;
    return HAS_SEPARATOR.test(run) ? `${run.slice(0, -1)}'${sign}` : run;
  });
  return isBad ? `'${inside}` : inside;
}
