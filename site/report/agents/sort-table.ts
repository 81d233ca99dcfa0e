import { pageLocale } from '../browser/page-locale.ts';

const COLLATOR = new Intl.Collator(pageLocale(), { numeric: true, sensitivity: 'base' });

/** What a cell is sorted by: a number in a column of numbers. */
type Value = number | string | undefined;
type Order = 'ascending' | 'descending';

/** @returns what a cell says to be sorted by, also where it is of too few calls to be ranked */
export function sortValue(cell: HTMLElement | undefined): Value {
  const text = cell?.dataset.by;
  if (text === undefined || text === '') return undefined;
  // A name may look like a number.
  return cell?.classList.contains('n') ? Number(text) : text;
}

/** Nothing, and a figure of too few calls, is ranked below all others either way. */
function rankOf(cell: HTMLElement | undefined): number {
  return sortValue(cell) === undefined ? 2 : Number(cell?.dataset.few !== undefined);
}

function compare(a: HTMLElement | undefined, b: HTMLElement | undefined, order: Order): number {
  const apart = rankOf(a) - rankOf(b);
  const [one, other] = [sortValue(a), sortValue(b)];
  if (apart !== 0 || one === undefined || other === undefined) return apart;
  const way = order === 'ascending' ? 1 : -1;
  return (
    way * (typeof one === 'number' && typeof other === 'number' ? one - other : COLLATOR.compare(`${one}`, `${other}`))
  );
}

/** "-calls" is by the column Calls, largest first. */
const SORT = 'sort';
const nameOf = (head: HTMLElement, order: Order): string =>
  `${order === 'descending' ? '-' : ''}${(head.textContent ?? '').trim().toLowerCase().replace(/\W+/g, '-')}`;

/**
 * Each head becomes a button: first largest first, of words A first. Each part of the table is sorted for itself, equal rows as they came. The order
 * stands in the address, but for the one in which the table came.
 */
export function makeSortable(table: HTMLTableElement): void {
  const heads = [...(table.tHead?.rows[0]?.cells ?? [])];
  const parts = [...table.tBodies].map((body) => ({ body, rows: [...body.rows] }));
  const first = heads.find((head) => head.hasAttribute('aria-sort'));
  const firstName = first && nameOf(first, first.getAttribute('aria-sort') as Order);
  for (const [column, head] of heads.entries()) {
    const sort = (order: Order) => {
      for (const other of heads) other.removeAttribute('aria-sort');
      head.setAttribute('aria-sort', order);
      const isFirst = nameOf(head, order) === firstName;
      for (const { body, rows } of parts)
        body.append(...(isFirst ? rows : rows.toSorted((a, b) => compare(a.cells[column], b.cells[column], order))));
    };
    const requested = new URLSearchParams(location.search).get(SORT);
    for (const order of ['ascending', 'descending'] as const) if (requested === nameOf(head, order)) sort(order);
    head.replaceChildren(
      buttonOf(head, () => {
        const hasWords = parts.at(-1)?.rows.some((row) => typeof sortValue(row.cells[column]) === 'string');
        const was = head.getAttribute('aria-sort');
        const order = was === 'descending' || (was === null && hasWords) ? 'ascending' : 'descending';
        sort(order);
        const address = new URL(location.href);
        if (nameOf(head, order) === firstName) address.searchParams.delete(SORT);
        else address.searchParams.set(SORT, nameOf(head, order));
        history.replaceState(history.state, '', address);
      }),
    );
  }
}

function buttonOf(head: HTMLElement, onclick: () => void): HTMLButtonElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'sort';
  button.textContent = head.textContent?.trim() ?? '';
  button.addEventListener('click', onclick);
  return button;
}
