// The table of agents can be sorted by a click on a head, searched as one types, and saved as it is shown.

import { type Cell, csvOf } from '#shared/format/csv.ts';
import { download } from '../browser/download.ts';
import { REDRAWN } from '../period/redrawn-event.ts';
import { makeChoosable } from './choose.ts';
import { makeSortable, sortValue } from './sort-table.ts';

/** Only rows whose name, id or team has every word. Those of everybody and of teams are no agents: they go while somebody searches. */
function search(table: HTMLTableElement, text: string): number {
  const words = plain(text).split(/\s+/);
  const isAll = text.trim() === '';
  let found = 0;
  const agents = [...table.tBodies].at(-1);
  for (const body of table.tBodies) if (body !== agents) body.hidden = !isAll;
  for (const row of agents?.rows ?? []) {
    const [head, team] = [row.cells[0], row.cells[1]];
    const own = plain([head?.textContent, head?.dataset.find, team?.dataset.by].join(' '));
    row.hidden = !words.every((word) => own.includes(word));
    if (!row.hidden) found++;
  }
  return found;
}

/** Without case and accents. */
const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** The rows that are shown, in their order: numbers as numbers, rounded as they are shown. */
function csvOfTable(table: HTMLTableElement): string {
  const heads = [...(table.tHead?.rows[0]?.cells ?? [])];
  const rows = [...table.tBodies].flatMap((body) => (body.hidden ? [] : [...body.rows].filter((row) => !row.hidden)));
  return csvOf([
    heads.map((head) => [head.textContent?.trim(), head.dataset.unit].filter(Boolean).join(', ')),
    ...rows.map((row) =>
      [...row.cells].map((cell, column) => (column === 0 ? textOf(cell) : fileValue(cell, heads[column]))),
    ),
  ]);
}

const textOf = (cell: HTMLElement): string => (cell.textContent ?? '').replace(/\s+/g, ' ').trim();

function fileValue(cell: HTMLElement, head: HTMLElement | undefined): Cell {
  const value = sortValue(cell);
  if (typeof value !== 'number') return textOf(cell);
  const { times = 1, decimals } = head?.dataset ?? {};
  if (decimals === undefined) return value;
  return Number((value * Number(times)).toFixed(Number(decimals)));
}

function enhance(): void {
  const table = document.querySelector<HTMLTableElement>('table[data-sortable]');
  const field = document.querySelector<HTMLInputElement>('#find-agent');
  if (!table || !field) return;
  const place = field.closest('.find-agent');
  const result = document.getElementById('find-result');
  if (place instanceof HTMLElement) place.hidden = false;
  makeSortable(table);
  if (place) makeChoosable(table, place);
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
