import type { ReactNode } from 'react';
import type { CallLine } from '#shared/view.ts';

/** A column of a table of calls; the first names the row. */
export interface Column {
  head: string;
  className?: string | undefined;
  /** Classes of a call's cell, where they are not the head's. */
  cellClass?: (call: CallLine) => string;
  cell: (call: CallLine) => ReactNode;
  sorted?: 'descending';
}

interface Props {
  calls: readonly CallLine[];
  columns: readonly Column[];
  caption: string;
  /** Beside those that every table of calls has. */
  className?: string;
}

/** Calls as plain rows, one each. */
export default function CallTable({ calls, columns, caption, className }: Props) {
  return (
    <table className={['table calls', className].filter(Boolean).join(' ')}>
      <caption className="visually-hidden">{caption}</caption>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column.head} scope="col" className={column.className} aria-sort={column.sorted}>
              {column.head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {calls.map((call) => (
          <tr key={call.href}>
            {columns.map((column, at) =>
              at === 0 ? (
                <th key={column.head} scope="row" className={classOf(column, call)}>
                  {column.cell(call)}
                </th>
              ) : (
                <td key={column.head} className={classOf(column, call)}>
                  {column.cell(call)}
                </td>
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const classOf = ({ className, cellClass }: Column, call: CallLine): string | undefined =>
  cellClass ? cellClass(call) : className;
