import type { State } from '../days/state.ts';
import type { ShowName } from '../masking/outside-names.ts';
import { compareKeys } from '../store/store.ts';
import { isReserved } from '../tenants/column-names.ts';
import type { TenantConfig } from '../tenants/config.ts';

/** Columns of one sheet that are not read. */
export interface SheetColumns {
  key: string; // e.g., "final/v2.0-flat/calls/calls.csv"
  /** Their names as spelt. */
  unread: string[];
  /** Columns beyond those. */
  more: number;
  /** Columns without a name. */
  nameless: number;
}

/** A column that the configuration names and no sheet has. */
export interface MissingColumn {
  setting: 'columns' | 'metadata' | 'insights';
  /** Our name, the label, or the insight's key. */
  name: string;
  column: string;
}

/** A header may be of any length, and its cells too. */
const MOST_NAMED = 50;
const LONGEST_NAME = 80;

/** Sheets with columns that are not read, by key. */
export function unreadColumns({ sheets }: State, show: ShowName): SheetColumns[] {
  return Object.keys(sheets)
    .sort(compareKeys)
    .flatMap((key) => {
      const { unread = [] } = sheets[key] ?? {};
      const named = unread.filter((name) => name !== '');
      const cut = (name: string) => (name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME)}…` : name);
      const shown = named.slice(0, MOST_NAMED).map((name) => cut(show(name)));
      const rest = { more: named.length - shown.length, nameless: unread.length - named.length };
      return unread.length === 0 ? [] : [{ key: show(key), unread: shown, ...rest }];
    });
}

/** Configured columns that no sheet has; none where no sheet can be read. */
export function missingColumns({ sheets }: State, { columns, metadata, insightKeys }: TenantConfig): MissingColumn[] {
  const read = Object.values(sheets).filter(({ whole }) => !whole);
  if (read.length === 0) return [];
  const there = new Set(read.flatMap(({ filled }) => Object.keys(filled)));
  const wanted: MissingColumn[] = [
    ...Object.entries(columns).flatMap(([name, column]): MissingColumn[] =>
      column === undefined ? [] : [{ setting: 'columns', name, column }],
    ),
    ...Object.entries(metadata).map(([name, column]): MissingColumn => ({ setting: 'metadata', name, column })),
    ...insightKeys
      .filter((key) => !isReserved(key, columns))
      .map((key): MissingColumn => ({ setting: 'insights', name: key, column: key })),
  ];
  return wanted.filter(({ column }) => !there.has(column));
}

/** @param name puts a name into the form in which it may stand there */
export function unreadText({ key, unread, more, nameless }: SheetColumns, name: (text: string) => string): string {
  const parts = [
    unread.length > 0 && `${unread.map(name).join(', ')}${more > 0 ? ` and ${more} more` : ''}`,
    nameless > 0 && (nameless === 1 ? 'a column without a name' : `${nameless} columns without a name`),
  ];
  return `${name(key.slice(key.lastIndexOf('/') + 1))} has columns that are not read: ${parts.filter(Boolean).join('; ')}.`;
}

/** @param name puts a name into the form in which it may stand there */
export function missingText({ setting, name: own, column }: MissingColumn, name: (text: string) => string): string {
  const why = {
    columns: `for ${name(own)}, set in "columns"`,
    metadata: `for ${name(own)}, set in "metadata"`,
    insights: 'for the insight of that name in ai-config.json',
  }[setting];
  return `No sheet has the column ${name(column)} (${why}).`;
}
