// Tables that can be sorted by a click on a head, and searched as one types.

import { csvOf } from '#shared/format/csv.ts';
import { REDRAWN } from '../period/redrawn-event.ts';
import { download } from './download.ts';
import { pageLocale } from './page-locale.ts';

const COLLATOR = new Intl.Collator(pageLocale(), { numeric: true, sensitivity: 'base' });

/** What a cell is sorted by: a number where it is one; nothing sorts last either way. */
type Value = number | string | undefined;

function sortValue(row: HTMLTableRowElement, column: number): Value {
  const text = row.cells[column]?.dataset.by;
  if (text === undefined || text === '') return undefined;
  const number = Number(text);
  return Number.isNaN(number) ? text : number;
}

function compare(a: Value, b: Value, direction: 1 | -1): number {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
  if (typeof a === 'number' && typeof b === 'number') return direction * (a - b);
  return direction * COLLATOR.compare(String(a), String(b));
}

/** "-calls" is by the column Calls, largest first. */
const SORT = 'sort';
const nameOf = (head: HTMLElement): string => (head.textContent ?? '').trim().toLowerCase().replace(/\W+/g, '-');

/** Each head becomes a button: first largest first, of words A first. The order stands in the address. */
function sortable(table: HTMLTableElement): void {
  const [body] = table.tBodies;
  const heads = [...(table.tHead?.rows[0]?.cells ?? [])];
  for (const [column, head] of heads.entries()) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'sort';
    button.textContent = head.textContent?.trim() ?? '';
    head.replaceChildren(button);
    const sort = (order: 'ascending' | 'descending') => {
      const rows = [...(body?.rows ?? [])];
      for (const other of heads) other.removeAttribute('aria-sort');
      head.setAttribute('aria-sort', order);
      rows.sort((a, b) => compare(sortValue(a, column), sortValue(b, column), order === 'ascending' ? 1 : -1));
      body?.append(...rows);
    };
    const requested = new URLSearchParams(location.search).get(SORT);
    if (requested?.replace(/^-/, '') === nameOf(head)) sort(requested.startsWith('-') ? 'descending' : 'ascending');
    button.addEventListener('click', () => {
      const rows = [...(body?.rows ?? [])];
      const words = rows.some((row) => typeof sortValue(row, column) === 'string');
      const was = head.getAttribute('aria-sort');
      const order = was === 'descending' || (was === null && words) ? 'ascending' : 'descending';
      sort(order);
      const address = new URL(location.href);
      address.searchParams.set(SORT, `${order === 'descending' ? '-' : ''}${nameOf(head)}`);
      history.replaceState(history.state, '', address);
    });
  }
}

/** Only rows whose name, id or team has every word. */
function search(table: HTMLTableElement, text: string): number {
  const words = plain(text).split(/\s+/);
  let found = 0;
  for (const row of table.tBodies[0]?.rows ?? []) {
    const [head, team] = [row.cells[0], row.cells[1]];
    const own = plain([head?.textContent, head?.dataset.find, team?.dataset.by].join(' '));
    row.hidden = !words.every((word) => own.includes(word));
    if (!row.hidden) found++;
  }
  return found;
}

/** Without case and accents. */
const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** The rows that are shown, in their order: of each cell what it is sorted by. */
function csvOfTable(table: HTMLTableElement): string {
  const rows = [...table.rows].filter((row) => !row.hidden);
  return csvOf(
    rows.map((row) =>
      [...row.cells].map((cell, column) =>
        row.parentElement === table.tHead || column === 0 ? cell.textContent?.trim() : sortValue(row, column),
      ),
    ),
  );
}

function enhance(): void {
  const table = document.querySelector<HTMLTableElement>('table[data-sortable]');
  const field = document.querySelector<HTMLInputElement>('#find-agent');
  if (!table || !field) return;
  const place = field.closest('.find-agent');
  const result = document.getElementById('find-result');
  if (place instanceof HTMLElement) place.hidden = false;
  sortable(table);
  const apply = () => {
    const found = search(table, field.value);
    if (result)
      result.textContent = field.value.trim() === '' ? '' : `${found} ${found === 1 ? 'agent' : 'agents'} found`;
  };
  field.oninput = apply;
  const csv = document.getElementById('agents-csv');
  if (csv)
    csv.onclick = () => {
      download(`${table.dataset.file ?? 'agents'}.csv`, csvOfTable(table), 'text/csv;charset=utf-8');
    };
  apply();
}

document.addEventListener(REDRAWN, enhance);
enhance();
