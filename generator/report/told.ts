import type { State } from '../days/state.ts';
import type { Refused, Remark } from '../model.ts';
import { remarkOf } from '../normalize/remarks.ts';

/** What could not be read, of calls and of sheets, by key; a sheet's rows in their order. */
export function allRefused(state: State): Refused[] {
  const sheets = Object.entries(state.sheets).flatMap(([key, { refused = [], unnamed = 0 }]) =>
    unnamed === 0 ? refused : [...refused, { key, reason: `${unnamed} more rows of it are refused` }],
  );
  const calls = Object.values(state.calls).flatMap(({ refused }) => refused ?? []);
  return [...calls, ...sheets].sort((a, b) => (a.key === b.key ? 0 : a.key < b.key ? -1 : 1));
}

/** Objects, sheets and rows that could not be read. */
export const refusedCount = ({ calls, sheets }: State): number =>
  Object.values(calls).reduce((sum, { refused }) => sum + (refused?.length ?? 0), 0) +
  Object.values(sheets).reduce((sum, { refused, unnamed = 0 }) => sum + (refused?.length ?? 0) + unnamed, 0);

/** What needs telling of calls that were read, by call. */
export function allRemarks(state: State): Remark[] {
  const own = Object.values(state.calls).flatMap(({ remarks }) => remarks ?? []);
  return [...own, ...repeatedRows(state)].sort((a, b) =>
    a.callId === b.callId ? (a.text < b.text ? -1 : 1) : a.callId < b.callId ? -1 : 1,
  );
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
