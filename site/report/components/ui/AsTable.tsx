import type { ReactNode } from 'react';

interface Props {
  /** Of the columns: what a row is of, then its figures. */
  heads: [row: string, ...figures: string[]];
  /** The rows. */
  children: ReactNode;
}

/** What a chart says as a table, folded away below it. */
export default function AsTable({ heads: [row, ...figures], children }: Props) {
  return (
    <details className="twin">
      <summary>Show as a table</summary>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{row}</th>
            {figures.map((figure) => (
              <th scope="col" className="n" key={figure}>
                {figure}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </details>
  );
}
