import type { Row } from '../source/sheets.ts';
import { type ColumnMap, columnsFor, type WideName } from './columns.ts';
import { numberOf } from './fields.ts';

/** Longest piece of a cell that a remark quotes. */
const QUOTED = 80;

/** Reads cells by our names. One that says something else than it should counts as absent, and is remarked on. */
export interface Cells {
  text(name: WideName): string | undefined;
  /** @param kind what the cell should have been, in words */
  value<T>(name: WideName, read: (text: string) => T | undefined, kind: string): T | undefined;
  number(name: WideName, min?: number, max?: number): number | undefined;
  /** A whole number from 0 on. */
  count(name: WideName): number | undefined;
  remarks: string[];
}

export function cellsOf(row: Row, columns: ColumnMap): Cells {
  const remarks: string[] = [];
  const find = (name: WideName) =>
    columnsFor(columns, name)
      .map((column) => ({ column, text: row[column]?.trim() ?? '' }))
      .find(({ text }) => text !== '');
  const value: Cells['value'] = (name, read, kind) => {
    const cell = find(name);
    const found = cell && read(cell.text);
    if (cell && found === undefined) remarks.push(remarkOn(cell.column, cell.text, kind));
    return found;
  };
  return {
    remarks,
    value,
    text: (name) => find(name)?.text,
    number: (name, min, max) => value(name, (text) => numberWithin(text, min, max), numberWords(min, max)),
    count: (name) =>
      value(
        name,
        (text) => [numberOf(text)].find((number) => number !== undefined && number >= 0 && Number.isInteger(number)),
        'a whole number',
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

export const numberWords = (min?: number, max?: number): string =>
  min === undefined ? 'a number' : `a number from ${String(min).replace('-', '−')} to ${max}`;

export function remarkOn(column: string, text: string, kind: string): string {
  const shown = text.length > QUOTED ? `${text.slice(0, QUOTED)}…` : text;
  return `Its ${column} is “${shown}”, which is not ${kind}, so it counts as absent.`;
}
