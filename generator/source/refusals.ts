/**
 * Why an object, a sheet or a row of one is refused: one table, code → sentence. The codes stand in `data/status.json`, so a
 * machine can tell one kind from another; `docs/data.md` lists both. `{n}` is a value, `{n field}` a number with its noun.
 */
export const REFUSALS = {
  empty: 'the file is empty',
  'too-large': 'it is larger than {limit} MB',
  'unusable-name': 'its name cannot be requested from the store',
  'not-utf-8': 'the text is not UTF-8',
  'breaks-off': 'the text is cut off in the middle',
  'not-finite': 'it holds NaN or Infinity, which JSON does not allow',
  'not-json': 'it is not JSON',
  'not-object': 'it is not a JSON object',
  'number-too-large': 'a number is too large',
  'too-deep': 'it is nested deeper than {levels} levels',
  'prototype-key': 'it has a key named __proto__',
  'too-many-values': 'it has more than {limit} values',
  'too-many-fields': 'it has more than {limit} fields',
  'too-many-rules': 'it has more than {limit} rules',
  'too-many-turns': 'its transcript has more than {limit} turns',
  'too-much-text': 'its transcript has more than {limit} characters',
  'several-lines': 'the file has {lines line} where one is expected',
  'line-ends': 'its lines end in {ends} alone; save it with LF or CRLF',
  'header-quote': 'a quote in its header is not closed',
  'header-too-large': 'its header is larger than {limit} MB',
  'too-many-columns': 'its header has more than {limit} columns',
  'header-nul': 'its header holds NUL characters, as UTF-16 does; save it as UTF-8',
  'no-id-column': 'its first row has no column "{column}"; columns must be separated by commas',
  'column-twice': 'its header has the column "{column}" twice',
  'rule-column-twice': 'its header has a column of one rule twice',
  'row-too-large': 'it is larger than {limit} MB',
  'row-quote': 'a quote in it is not closed, so this row and all rows after it could not be read',
  'row-no-end': 'it is larger than {limit} MB, so this row and all rows after it could not be read',
  'row-fields': 'it has {fields field} where the header has {columns}',
  'row-line-ends': 'lines in it end in {ends} alone; save the sheet with LF or CRLF',
  'row-header': 'it repeats the header',
  'row-total': 'it is a total, not a call',
  'row-no-id': 'it has no call id',
  'row-unusable-id': 'its call id cannot be used',
} as const;

export type RefusalCode = keyof typeof REFUSALS;

/** Why something is refused. Quotes nothing of it: it may hold what is to be masked. */
export interface Refusal {
  code: RefusalCode;
  /** What the sentence names: numbers, and names that are ours or the configuration's. */
  given?: { [name: string]: string | number };
}

/** An input object or a row of one that could not be read. Its reason in words comes from the code. */
export interface Refused extends Refusal {
  /** Key inside the organization: of the object, or of the sheet whose row it is. */
  key: string; // e.g., "final/v2.0-flat/calls/q2-empty.jsonl"
  /** Of a sheet, as a spreadsheet counts: the header is row 1. */
  row?: number;
}

/** The reason in words; of a row with its number. */
export function reasonOf({ code, given = {}, row }: Refusal & { row?: number }): string {
  const sentence = REFUSALS[code].replaceAll(/\{(\w+)(?: (\w+))?\}/g, (_all, name: string, noun?: string) => {
    const value = given[name] ?? '?';
    return noun === undefined ? String(value) : `${value} ${noun}${value === 1 ? '' : 's'}`;
  });
  return row === undefined ? sentence : `row ${row}: ${sentence}`;
}
