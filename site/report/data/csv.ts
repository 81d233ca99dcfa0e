/** A cell: a number stays one, a text is made safe, nothing is empty. */
export type Cell = string | number | undefined;

// Not csv-stringify: its `escape_formulas` looks at a cell's first character alone, so it lets a formula behind spaces, control and
// format characters, a line feed or a semicolon through, and it makes text of "-5".

/** What makes a spreadsheet take a cell for a formula, also in the wide forms of East Asian keyboards. */
const FORMULA = /^[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠]|^[\t\r\n]/u;
/** Where a spreadsheet parts cells at semicolons, a formula may also begin behind one. */
const BEHIND_SEPARATOR = /([;\t\r\n])(?=[=+\-@＝＋－＠])/gu;
/** A number and nothing else is no formula. A plus is: it would be lost, and telephone numbers begin with one. */
const NUMBER = /^-?\d{1,15}(\.\d{1,15})?$/;
const BYTE_ORDER_MARK = '\ufeff';

/**
 * A table as RFC 4180 has it, with the mark by which spreadsheets know UTF-8. A text that could be taken for a formula gets an
 * apostrophe in front, which tells a spreadsheet that it is text.
 */
export const csvOf = (rows: readonly (readonly Cell[])[]): string =>
  BYTE_ORDER_MARK + rows.map((row) => `${row.map(cellOf).join(',')}\r\n`).join('');

function cellOf(cell: Cell): string {
  if (cell === undefined) return '';
  if (typeof cell === 'number') return String(cell);
  const safe = safeText(cell);
  return /[",;\r\n\t]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A text that no spreadsheet runs. */
export function safeText(text: string): string {
  if (NUMBER.test(text)) return text;
  const inside = text.replace(BEHIND_SEPARATOR, "$1'");
  return FORMULA.test(inside) ? `'${inside}` : inside;
}
