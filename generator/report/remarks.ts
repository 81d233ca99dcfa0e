import { shownId } from '#shared/calls/shown-id.ts';
import type { Remark } from '#shared/model.ts';
import type { LimitedList, RefusedLine, RemarkLine } from '#shared/view.ts';
import type { State } from '../days/state.ts';
import { callPath } from '../lib/paths.ts';
import type { ShowName } from '../masking/outside-names.ts';
import { isToldOnce, remarkOf } from '../normalize/remarks.ts';
import type { Refused } from '../source/refusals.ts';
import { reasonOf } from '../source/refusals.ts';
import { refusedIn } from '../source/sheets.ts';
import { rowOwners } from './row-owners.ts';

/** So many of a kind are named one by one: a hundred thousand bad objects make no page of a hundred thousand lines. */
export const MOST_TOLD = 1000;

/** What could not be read, of calls and of sheets, by key; a sheet's rows in their order. */
export function refusedOf(state: State, show: ShowName): LimitedList<RefusedLine> {
  const sheets = Object.values(state.sheets);
  const calls = Object.entries(state.calls).flatMap(([id, { alias, refused: own = [] }]) =>
    own.map((each) => (alias ? { ...each, key: each.key.replace(id, () => alias.id) } : each)),
  );
  const refused = [...calls, ...sheets.flatMap(({ refused: own = [] }) => own)].map((each) => ({
    ...each,
    key: show(each.key),
  }));
  refused.sort((a, b) => (a.key === b.key ? 0 : a.key < b.key ? -1 : 1));
  const line = (each: Refused): RefusedLine => ({ key: each.key, code: each.code, reason: reasonOf(each) });
  return told(
    refused,
    sheets.map(({ unnamed = {} }) => unnamed),
    line,
  );
}

/** Objects, sheets and rows that could not be read. */
export const refusedCount = ({ calls, sheets }: State): number =>
  Object.values(calls).reduce((sum, { refused }) => sum + (refused?.length ?? 0), 0) +
  Object.values(sheets).reduce((sum, sheet) => sum + refusedIn(sheet), 0);

/** What needs telling of calls that were read, by call; what is so with a whole column once for each sheet, and first. */
export function remarksOf(state: State, show: ShowName): LimitedList<RemarkLine> {
  const all = [...Object.values(state.calls).flatMap(({ remarks }) => remarks ?? []), ...repeatedRows(state)];
  const single = all.filter(({ code }) => !isToldOnce(code)).map((remark) => shownOf(state, remark));
  single.sort((a, b) => (a.callId === b.callId ? (a.text < b.text ? -1 : 1) : a.callId < b.callId ? -1 : 1));
  const once = all.filter(({ code }) => isToldOnce(code));
  return told([...onceBySheet(state, once, show), ...single], [], (line) => line);
}

function shownOf({ calls }: State, { callId: id, ...remark }: Remark): RemarkLine & { callId: string } {
  const call = { id, alias: Object.hasOwn(calls, id) ? calls[id]?.alias : undefined };
  return { callId: shownId(call), href: callPath(call), ...remark };
}

/** One line for each code, column and sheet; those of JSONL have no sheet. */
function onceBySheet(state: State, remarks: readonly Remark[], show: ShowName): RemarkLine[] {
  if (remarks.length === 0) return [];
  const owners = rowOwners(state);
  const lines = new Map<string, RemarkLine>();
  for (const { callId, ...remark } of remarks) {
    const sheet = owners.get(callId);
    const name = JSON.stringify([sheet, remark.code, remark.column]);
    if (!lines.has(name)) lines.set(name, { ...remark, ...(sheet !== undefined && { key: show(sheet) }) });
  }
  return [...lines].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, line]) => line);
}

/** @param unnamed code → number of things that are known only so */
function told<T extends { code: string }, Line>(
  all: readonly T[],
  unnamed: readonly { [code: string]: number }[],
  line: (each: T) => Line,
): LimitedList<Line> {
  const codes = new Map<string, number>();
  const add = (code: string, n: number) => codes.set(code, (codes.get(code) ?? 0) + n);
  for (const { code } of all) add(code, 1);
  for (const [code, n] of unnamed.flatMap(Object.entries<number>)) add(code, n);
  const total = [...codes.values()].reduce((sum, n) => sum + n, 0);
  return {
    lines: all.slice(0, MOST_TOLD).map(line),
    more: total - Math.min(all.length, MOST_TOLD),
    codes: Object.fromEntries([...codes].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

/** Of calls that are read from a row and have several. */
function repeatedRows({ calls, sheets }: State): Remark[] {
  const places = new Map<string, { rows: number; sheets: number }>();
  for (const { rows, repeated = {} } of Object.values(sheets)) {
    for (const id of Object.keys(rows)) {
      if (!Object.hasOwn(calls, id) || calls[id]?.kind !== 'call' || calls[id].etags.row === undefined) continue;
      const known = places.get(id) ?? { rows: 0, sheets: 0 };
      const own = Object.hasOwn(repeated, id) ? (repeated[id] ?? 1) : 1;
      places.set(id, { rows: known.rows + own, sheets: known.sheets + 1 });
    }
  }
  return [...places].flatMap(([callId, { rows, sheets: count }]) => {
    if (rows === 1) return [];
    const where = count === 1 ? 'one sheet' : `${count} sheets, by name`;
    return [remarkOf(callId, { code: 'two-rows-of-a-call', count: String(rows), where })];
  });
}
