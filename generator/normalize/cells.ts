import type { Row } from '../source/sheets.ts';
import { type ColumnMap, columnsFor, type WideName } from './columns.ts';
import { numberOf } from './fields.ts';
import type { RemarkCode, Told } from './remarks.ts';

/** Reads cells by our names. One that says something else than it should counts as absent, and is remarked on. */
export interface Cells {
  text(name: WideName): string | undefined;
  /** @param code of the remark on a cell that does not read so */
  value<T>(name: WideName, read: (text: string) => T | undefined, code: RemarkCode): T | undefined;
  number(name: WideName, code: RemarkCode, min?: number, max?: number): number | undefined;
  /** A whole number from 0 on. */
  count(name: WideName): number | undefined;
  remarks: Told[];
}

export function cellsOf(row: Row, columns: ColumnMap): Cells {
  const remarks: Told[] = [];
  const find = (name: WideName) =>
    columnsFor(columns, name)
      .map((column) => ({ column, text: row[column]?.trim() ?? '' }))
      .find(({ text }) => text !== '');
  const value: Cells['value'] = (name, read, code) => {
    const cell = find(name);
    const found = cell && read(cell.text);
    if (cell && found === undefined) remarks.push({ code, column: cell.column, value: cell.text });
    return found;
  };
  return {
    remarks,
    value,
    text: (name) => find(name)?.text,
    number: (name, code, min, max) => value(name, (text) => numberWithin(text, min, max), code),
    count: (name) =>
      value(
        name,
        (text) => [numberOf(text)].find((number) => number !== undefined && number >= 0 && Number.isInteger(number)),
        'not-a-count',
      ),
  };
}

/** The number that a text is, within both ends; a decimal comma makes none. */
export function numberWithin(
  text: string,
  min = Number.NEGATIVE_INFINITY,
  max = Number.POSITIVE_INFINITY,
): number | undefined {
  const number = numberOf(text);
  return number !== undefined && number >= min && number <= max ? number : undefined;
}
