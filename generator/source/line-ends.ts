/** Characters that end lines in some programs and none here. */
const KIN: readonly (readonly [string, string])[] = [
  ['\u0085', 'NEL (U+0085)'],
  ['\u2028', 'LINE SEPARATOR (U+2028)'],
  ['\u2029', 'PARAGRAPH SEPARATOR (U+2029)'],
  ['\u000b', 'VT (U+000B)'],
  ['\u000c', 'FF (U+000C)'],
  ['\u001e', 'RS (U+001E)'],
];

/** A field in quotes, with what comes before it: a comma or an end of line of any kind. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these characters are what is looked for
const QUOTED = /(^|[,\r\n\u0085\u2028\u2029\u000b\u000c\u001e])"(?:[^"]|"")*"?/g;
/** A CR that is neither part of CRLF nor at the end. */
const LONE_CR = /\r[^\r]/;

/**
 * What ends the lines of a sheet of which none ends in LF or CRLF; undefined where that is not so. "CSV (Macintosh)" of
 * Excel ends them in CR: the whole sheet is then one row, which is no header.
 * @param head the beginning of the sheet
 */
export function oddLineEnds(head: string): string | undefined {
  const unquoted = head.replaceAll(QUOTED, '$1x').replace(/^\s+/, '');
  const [first = ''] = unquoted.split('\n', 1);
  if (LONE_CR.test(first)) return 'CR';
  // Such a character may also stand in a column's name: it ends lines where what follows looks like the line before.
  return KIN.find(([end]) => {
    const [header, row] = first.split(end).filter((line) => line.trim() !== '');
    return row !== undefined && header?.split(',').length === row.split(',').length;
  })?.[1];
}

/** Whether a cell holds an end of line that only a program of another system takes for one. */
export const holdsLoneCr = (cell: string): boolean => /\S\r+[^\r\n]/.test(cell);
