/**
 * Why an object, a sheet or a row of one is refused: one table, code → sentence. The codes stand in `data/status.json`, so a
 * machine can tell one kind from another; `docs/data.md` lists both. `{n}` is a value, `{n field}` a number with its noun.
 */
export const REFUSALS = {
  empty: 'the file is empty',
  'too-large': 'it is larger than {limit} MB',
  'unusable-name': 'its name holds what no object may be asked for by',
  'not-utf-8': 'the text is not UTF-8',
  'breaks-off': 'the text breaks off in the middle',
  'not-finite': 'it holds NaN or Infinity, which JSON does not know',
  'not-json': 'it is not JSON',
  'not-object': 'it is not a JSON object',
  'number-too-large': 'a number is too large',
  'too-deep': 'it is nested deeper than {levels} levels',
  'prototype-key': 'it has a key named __proto__',
  'several-lines': 'the file has {lines line} where one is expected',
  'line-ends': 'its lines end in {ends} alone; save it with LF or CRLF',
  'header-quote': 'a quote in its header is not closed',
  'header-too-large': 'its header is larger than {limit} MB',
  'header-nul': 'its header holds NUL characters, as UTF-16 has them: it has to be UTF-8',
  'no-id-column': 'its first row names no column "{column}"; columns are separated by commas',
  'column-twice': 'its header names the column "{column}" twice',
  'rule-column-twice': 'its header names a column of one rule twice',
  'row-too-large': 'it is larger than {limit} MB',
  'row-quote': 'a quote in it is not closed, so it and all after it could not be read',
  'row-no-end': 'it is larger than {limit} MB, so it and all after it could not be read',
  'row-fields': 'it has {fields field} where the header has {columns}',
  'row-line-ends': 'lines in it end in {ends} alone; save the sheet with LF or CRLF',
  'row-header': 'it is the header again',
  'row-total': 'it is a total, not a call',
  'row-no-id': 'it names no call',
  'row-unusable-id': 'what it names its call by cannot be a call’s id',
} as const;

export type RefusalCode = keyof typeof REFUSALS;

/** Why something is refused. Quotes nothing of it: it may hold what is to be masked. */
export interface Refusal {
  code: RefusalCode;
  /** What the sentence names: numbers, and names that are ours or the configuration's. */
  given?: { [name: string]: string | number };
}

/** The reason in words; of a row with its number. */
export function reasonOf({ code, given = {}, row }: Refusal & { row?: number }): string {
  const sentence = REFUSALS[code].replaceAll(/\{(\w+)(?: (\w+))?\}/g, (_all, name: string, noun?: string) => {
    const value = given[name] ?? '?';
    return noun === undefined ? String(value) : `${value} ${noun}${value === 1 ? '' : 's'}`;
  });
  return row === undefined ? sentence : `row ${row}: ${sentence}`;
}
