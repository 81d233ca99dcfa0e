import { isAbsentWord } from '../source/absent-word.ts';
import type { Row } from '../source/known-sheet.ts';
import { type ColumnMap, columnsFor, type WideName } from '../tenants/column-names.ts';
import type { ledger, Reader } from './reading.ts';

/** Reads the cells of one row by our names. */
export interface Cells {
  /** A cell as it is: words that stand for no value are absent, and nobody is told. */
  text(name: WideName): string | undefined;
  /** A cell that should be something: what it is not is told. */
  take<T>(name: WideName, reader: Reader<T>): T | undefined;
  /** The column that holds it in this row. */
  column(name: WideName): string | undefined;
}

export function cellsOf(row: Row, columns: ColumnMap, take: ReturnType<typeof ledger>['take']): Cells {
  /** The first with a value; one that only says that there is none where no other says more. */
  const find = (name: WideName) => {
    const cells = columnsFor(columns, name)
      .map((column) => ({ column, text: row[column]?.trim() ?? '' }))
      .filter(({ text }) => text !== '');
    return cells.find(({ text }) => !isAbsentWord(text)) ?? cells[0];
  };
  return {
    text(name) {
      const cell = find(name);
      return cell && !isAbsentWord(cell.text) ? cell.text : undefined;
    },
    take(name, reader) {
      const cell = find(name);
      return cell && take(cell.column, cell.text, reader);
    },
    column: (name) => find(name)?.column,
  };
}
