import { cutTo, LIMITS } from '../lib/limits.ts';
import { outsideNames, type ShowName } from '../masking/outside-names.ts';
import {
  type ColumnMap,
  columnsFor,
  idColumn,
  isReserved,
  NAMED,
  NUMBERED,
  WIDE_COLUMNS,
  type WideName,
} from '../tenants/column-names.ts';
import type { TenantConfig } from '../tenants/config.ts';

/** The columns that an organization's sheets are read by. */
export interface WantedColumns {
  /** The one with the call's id. */
  id: string;
  /** By which a row that is a total is told from a call: start and parties. */
  ends: readonly string[];
  /** Name as compared → name under which cells are read; an exact spelling stands for itself. */
  names: ReadonlyMap<string, string>;
  exact: ReadonlySet<string>;
  columns: ColumnMap;
  /** For names that are remembered: they may be anything. */
  show: ShowName;
}

/** What a header's cells stand for. */
export interface Header {
  /** One for each cell: the name under which it is read, undefined where it is not. */
  names: (string | undefined)[];
  /** Names that are not read, as spelt; "" for a cell without one. */
  unread: string[];
}

/** What a reader cannot see in a name. */
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}]/gu;

/** A column's name without surrounding space and what cannot be seen, a byte order mark among it. */
const cleanName = (name: string): string =>
  name.replaceAll('\ufeff', '').replaceAll(/\s+/g, ' ').replaceAll(INVISIBLE, '').trim();

/** A column's name as names are compared: also without case. */
export const foldName = (name: string): string => cleanName(name.normalize('NFKC')).toLowerCase();

/** From the configuration and our own names to the columns that are read. */
export function wantedColumns(config: TenantConfig): WantedColumns {
  const { columns, metadata, insightKeys } = config;
  const ours = Object.keys(WIDE_COLUMNS) as WideName[];
  const wanted = [
    ...ours.flatMap((name) => columnsFor(columns, name)),
    ...Object.values(metadata),
    ...insightKeys.filter((key) => !isReserved(key, columns)),
    'recommendations',
  ];
  const names = new Map<string, string>();
  for (const name of wanted) if (!names.has(foldName(name))) names.set(foldName(name), name);
  const ends = (['started_at', 'calling_party', 'called_party'] as const).flatMap((name) => columnsFor(columns, name));
  return { id: idColumn(columns), ends, names, exact: new Set(wanted), columns, show: outsideNames(config) };
}

/**
 * Which cells of a header are read, and under which name. Of several with one name the one that is spelt exactly is read, else
 * the first; the others are not.
 * @returns also the name that several cells spell exactly: nobody can say which of them is meant
 */
export function readHeader(cells: readonly string[], wanted: WantedColumns): Header & { twice?: string } {
  const rules = new Map<string, string>();
  const names = cells.map((cell) => nameFor(cell, wanted, rules));
  const read = new Map<string, number>();
  let twice: string | undefined;
  for (const [i, name] of names.entries()) {
    if (name === undefined) continue;
    const key = foldRule(name);
    const other = read.get(key);
    // Surrounding space is an exact spelling no longer.
    const [isExact, wasExact] = [cells[i] === name, other !== undefined && cells[other] === names[other]];
    if (other !== undefined && isExact && wasExact) twice = name;
    if (other === undefined || (isExact && !wasExact)) read.set(key, i);
  }
  const kept = new Set(read.values());
  const unread = cells.filter((_cell, i) => !kept.has(i)).map((cell) => cut(cleanName(cell)));
  return {
    names: names.map((name, i) => (kept.has(i) ? name : undefined)),
    unread,
    ...(twice !== undefined && { twice }),
  };
}

/** Names that the tenant or we have chosen differ where one letter's case does; rules are told apart without it. */
const foldRule = (name: string): string => (NAMED.test(name) || NUMBERED.test(name) ? foldName(name) : name);

/**
 * The name under which a cell's column is read: as configured, else as we know it; of a rule as its columns are named.
 * @param rules how this header's first column of each rule spells it: the others are its columns too
 */
function nameFor(cell: string, wanted: WantedColumns, rules: Map<string, string>): string | undefined {
  const { names, exact, columns } = wanted;
  const name = cleanName(cell);
  if (name === '') return undefined;
  if (exact.has(name)) return name;
  const folded = foldName(name);
  const known = names.get(folded);
  if (known !== undefined) return known;
  if (isReserved(folded, columns)) return undefined;
  if (NUMBERED.test(folded)) return folded;
  const [, rule, part] = NAMED.exec(folded) ?? [];
  if (rule === undefined || part === undefined) return undefined;
  const shown = rules.get(rule) ?? cut(name.slice('qa_'.length, -part.length - 1));
  rules.set(rule, shown);
  return `qa_${shown}_${part}`;
}

/** A name of the sheet's own, which is remembered and shown: one that is cut says so. */
const cut = (name: string): string => (name.length > LIMITS.name ? `${cutTo(name, LIMITS.name)}…` : name);
