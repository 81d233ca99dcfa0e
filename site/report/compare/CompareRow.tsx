import type { ReactNode } from 'react';
import type { Compared, Comparison } from '#shared/figures/compare/compared.ts';
import Difference, { type Apart, isNotable } from './Difference.tsx';
import { headOf } from './heads.ts';

interface Props {
  view: Comparison;
  name: ReactNode;
  cell: (column: Compared, at: number) => ReactNode;
  /** Absent where nothing is said of what sets the columns apart. */
  apart?: Apart;
  className?: string | undefined;
}

/** One figure or rule: what each column has, and what sets them apart. */
export default function CompareRow({ view, name, cell, apart, className }: Props) {
  const behind = view.of === 'agents' ? behindOf(apart) : undefined;
  return (
    <tr className={className}>
      <th scope="row">{name}</th>
      {view.columns.map((column, at) => {
        const head = headOf(view, column);
        return (
          <td key={head} data-of={head} className={at === behind ? 'worse' : undefined}>
            <div>{cell(column, at)}</div>
          </td>
        );
      })}
      <td>{apart && <Difference view={view} apart={apart} />}</td>
    </tr>
  );
}

/** The column that is notably behind another. */
function behindOf(apart: Apart | undefined): number | undefined {
  if (!apart?.ends || apart.worse === undefined) return undefined;
  const { ends, change, worse } = apart;
  return isNotable(change(ends.high, ends.low)) ? ends[worse] : undefined;
}
