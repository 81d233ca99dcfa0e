import { columnVisibilityFeature, tableFeatures, useTable } from '@tanstack/react-table';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { CallColumn } from './columns.tsx';
import type { ListedCall } from './listed-calls.ts';
import { nextSorting, type Sorting } from './sorting.ts';

interface Props {
  calls: readonly ListedCall[];
  columns: readonly CallColumn[];
  shown: readonly string[];
  sorting: Sorting;
  onSort: (sorting: Sorting) => void;
  /** Told the months of the rows on the screen. */
  onShow: (months: string[]) => void;
}

/** Heights of rows in px, as the style sheet has them. */
const ROW = 34;
const ROW_TOUCH = 44;
/** So many columns share the width as they are told; more as they need it. */
const MOST_FIXED = 10;
const PHONE = '(max-width: 700px)';
/** Rows that are there beyond the screen: enough that Tab always finds the next. */
const BEYOND = 15;

const features = tableFeatures({ columnVisibilityFeature });

/** The table of calls: only those on the screen are in the document, and the rest is room above and below. */
export default function CallRows({ calls, columns, shown, sorting, onSort, onShow }: Props) {
  const place = useRef<HTMLTableSectionElement>(null);
  const top = useTop(place);
  const height = useRowHeight();
  const virtualizer = useWindowVirtualizer({
    count: calls.length,
    estimateSize: () => height,
    overscan: BEYOND,
    scrollMargin: top,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: it remembers the rows' height until it is told
  useLayoutEffect(() => virtualizer.measure(), [virtualizer, height]);
  const rows = virtualizer.getVirtualItems();
  const [first, last] = [rows[0]?.index ?? 0, (rows.at(-1)?.index ?? -1) + 1];
  const data = useMemo(() => calls.slice(first, last), [calls, first, last]);
  const months = [...new Set(data.map(({ month }) => month))].join(' ');
  useLayoutEffect(() => onShow(months.split(' ').filter(Boolean)), [months, onShow]);
  const table = useTable({
    features,
    columns: useMemo(() => columns.map(({ id }) => ({ id })), [columns]),
    data,
    // Ids may look alike where they are masked.
    getRowId: ({ row }: ListedCall) => row.path,
    state: { columnVisibility: Object.fromEntries(columns.map(({ id }) => [id, shown.includes(id)])) },
  });
  const byId = new Map(columns.map((column) => [column.id, column]));
  const visible = table.getVisibleLeafColumns().flatMap(({ id }) => byId.get(id) ?? []);
  return (
    <table
      className={visible.length > MOST_FIXED ? 'table calls calls-listed calls-many' : 'table calls calls-listed'}
      aria-rowcount={calls.length + 1}
    >
      <caption className="visually-hidden">The calls of this filter</caption>
      <thead>
        <tr aria-rowindex={1}>
          {visible.map((column) => (
            <Head key={column.id} column={column} sorting={sorting} onSort={onSort} />
          ))}
        </tr>
      </thead>
      <tbody ref={place}>
        <Room height={first * height} />
        {table.getRowModel().rows.map((row, i) => (
          <tr key={row.id} aria-rowindex={first + i + 2}>
            {visible.map((column, at) => {
              const cell = column.cell(row.original);
              return at === 0 ? (
                <th key={column.id} scope="row" className={classOf(column)}>
                  {cell}
                </th>
              ) : (
                <td key={column.id} className={classOf(column)}>
                  {cell}
                </td>
              );
            })}
          </tr>
        ))}
        <Room height={(calls.length - last) * height} />
      </tbody>
    </table>
  );
}

/** Room for rows that are not in the document. An attribute: the pages' policy knows no style in the markup. */
function Room({ height }: { height: number }) {
  return height > 0 ? (
    <tr className="room">
      <td height={height} />
    </tr>
  ) : null;
}

/** What a column's width hangs on. */
const classOf = ({ id, className }: CallColumn): string =>
  [`c-${id.split(' ')[0]}`, className].filter(Boolean).join(' ');

function Head({ column, sorting, onSort }: { column: CallColumn } & Pick<Props, 'sorting' | 'onSort'>) {
  const { name, sort } = column;
  const isSorted = sort === sorting.by;
  return (
    <th
      scope="col"
      className={classOf(column)}
      aria-sort={isSorted ? (sorting.down ? 'descending' : 'ascending') : undefined}
    >
      {sort ? (
        <button type="button" className="sort" onClick={() => onSort(nextSorting(sorting, sort))}>
          {name}
        </button>
      ) : (
        name
      )}
    </th>
  );
}

/** How far a place is from the top of the page. */
function useTop(place: React.RefObject<HTMLElement | null>): number {
  const [top, setTop] = useState(0);
  useLayoutEffect(() => {
    const measure = () => setTop((place.current?.getBoundingClientRect().top ?? 0) + scrollY);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(document.body);
    return () => observer.disconnect();
  }, [place]);
  return top;
}

function useRowHeight(): number {
  const [isPhone, setPhone] = useState(() => matchMedia(PHONE).matches);
  useLayoutEffect(() => {
    const query = matchMedia(PHONE);
    const change = () => setPhone(query.matches);
    query.addEventListener('change', change);
    return () => query.removeEventListener('change', change);
  }, []);
  return isPhone ? ROW_TOUCH : ROW;
}
