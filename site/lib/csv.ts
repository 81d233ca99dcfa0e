/**
 * RFC 4180 with a byte order mark, so that spreadsheets read it as UTF-8. A text that a spreadsheet would take for a formula gets
 * an apostrophe before it; numbers are written as they are, below zero as well.
 */
export function csvOf(head: readonly string[], rows: Iterable<readonly (string | number | undefined)[]>): string {
  const lines = [head.map(cell).join(',')];
  for (const row of rows) lines.push(row.map(cell).join(','));
  return `\ufeff${lines.join('\r\n')}\r\n`;
}

function cell(value: string | number | undefined): string {
  if (value === undefined) return '';
  if (typeof value === 'number') return String(value);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a spreadsheet may drop what it cannot show
  const safe = /^[\s\u0000]*[=+\-@\t\r\n]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe;
}
