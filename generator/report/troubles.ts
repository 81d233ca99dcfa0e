import type { KnownCall } from '../days/known-call.ts';
import { countsOf } from '../days/ranges.ts';
import type { State } from '../days/state.ts';
import type { ShowName } from '../masking/outside-names.ts';
import { isUnread } from '../normalize/remarks.ts';
import type { Trouble } from '../publish/status.ts';
import type { Refusal, RefusalCode, Refused } from '../source/refusals.ts';
import { refusedIn } from '../source/sheets.ts';
import { compareKeys } from '../store/store.ts';
import type { Telling } from './remarks.ts';
import { rowOwners } from './row-owners.ts';

/** From so many, and such a share, on a trouble is said in one sentence. */
const FEWEST = 5;
const SHARE = 0.05;
/** Rows that belong in no sheet, and are no loss. */
const NO_CALLS: readonly RefusalCode[] = ['row-header', 'row-total'];

/** A row that hides all rows after it. */
const CUTS: readonly RefusalCode[] = ['row-quote', 'row-no-end'];

const isMany = (n: number, of: number): boolean => n >= FEWEST && n >= of * SHARE;
/** Of rows and objects also where there is nothing else. */
const isMuch = (n: number, of: number): boolean => isMany(n, of) || (n > 0 && n === of);

/** Every trouble of an organization's input, most calls first within each kind; sheets that are refused stand first. */
export function tellTroubles(state: State, show: ShowName): Telling<Trouble[]> {
  const objects = tellObjects(state);
  const cells = tellCells(state);
  const shown = ({ column, sheets, ...trouble }: Trouble): Trouble => ({
    ...trouble,
    ...(column !== undefined && { column: show(column) }),
    ...(sheets && { sheets: { ...sheets, first: show(sheets.first) } }),
  });
  return {
    add(call) {
      objects.add(call);
      cells.add(call);
    },
    end: () =>
      [...sheetTroubles(state), ...cutTroubles(state), ...rowTroubles(state), ...objects.end(), ...cells.end()].map(
        shown,
      ),
  };
}

/** Sheets that are refused whole, one trouble for each reason. */
function sheetTroubles({ sheets }: State): Trouble[] {
  const keys = Object.keys(sheets).sort(compareKeys);
  const sums = new Map<string, Trouble>();
  for (const key of keys) {
    const { whole, refused: [refused] = [] } = sheets[key] ?? {};
    if (!whole || !refused) continue;
    const { code, given } = refused;
    addTo(sums, JSON.stringify([code, given]), {
      kind: 'sheet',
      n: 1,
      of: 0,
      sheets: { first: key, count: 1 },
      refusal: { code, ...(given && { given }) },
    });
  }
  return mostFirst([...sums.values()].map((trouble) => ({ ...trouble, of: keys.length })));
}

/** Sheets that could not be read to their end, one trouble for each reason; how many rows are lost nobody knows. */
function cutTroubles({ sheets }: State): Trouble[] {
  const sums = new Map<string, Trouble>();
  for (const key of Object.keys(sheets).sort(compareKeys)) {
    const { rows = {}, refused = [], unnamed = {} } = sheets[key] ?? {};
    const code = CUTS.find((cut) => refused.some((each) => each.code === cut) || unnamed[cut]);
    if (code === undefined) continue;
    const { given } = refused.find((each) => each.code === code) ?? {};
    const refusal = { code, ...(given && { given }) };
    addTo(sums, code, { kind: 'cut', n: 1, of: Object.keys(rows).length, sheets: { first: key, count: 1 }, refusal });
  }
  return mostFirst([...sums.values()]);
}

/** Sheets of which many rows, or all, are refused, one trouble for each reason that most of them have. */
function rowTroubles({ sheets }: State): Trouble[] {
  const sums = new Map<string, Trouble>();
  for (const key of Object.keys(sheets).sort(compareKeys)) {
    const sheet = sheets[key];
    if (!sheet || sheet.whole) continue;
    const { rows, refused = [], unnamed = {} } = sheet;
    const lost = refused.filter(({ code }) => !NO_CALLS.includes(code));
    const noCalls = NO_CALLS.reduce((sum, code) => sum + (unnamed[code] ?? 0), refused.length - lost.length);
    const n = refusedIn(sheet) - noCalls;
    const of = n + Object.keys(rows).length;
    const most = commonest(lost);
    if (!most || !isMuch(n, of)) continue;
    addTo(sums, most.code, { kind: 'rows', n, of, sheets: { first: key, count: 1 }, refusal: most });
  }
  return mostFirst([...sums.values()]);
}

/** Calls of which objects are refused: many, or all. */
function tellObjects({ ranges }: State): Telling<Trouble[]> {
  const reasons = countReasons();
  let n = 0;
  return {
    add({ known: { etags, refused: [first] = [] } }) {
      if (etags.row !== undefined || !first) return;
      reasons.add(first);
      n++;
    },
    end() {
      const of = countsOf(ranges).objects;
      const most = reasons.most();
      return most && isMuch(n, of) ? [{ kind: 'objects', n, of, refusal: most }] : [];
    },
  };
}

/** Columns of sheets, and fields of JSONL, of which many cells cannot be read: one trouble for each. */
function tellCells({ ranges, sheets }: State): Telling<Trouble[]> {
  const ownerOf = rowOwners(sheets);
  const bySheet = new Map<string, Map<string, number>>();
  const fields = new Map<string, number>();
  return {
    add({ id, known }) {
      const columns = unreadColumns(known);
      if (columns.length === 0) return;
      const key = known.etags.row === undefined ? undefined : ownerOf(id);
      const counts = key === undefined ? fields : (bySheet.get(key) ?? new Map<string, number>());
      if (key !== undefined) bySheet.set(key, counts);
      for (const column of columns) counts.set(column, (counts.get(column) ?? 0) + 1);
    },
    end() {
      const sums = new Map<string, Trouble>();
      for (const key of [...bySheet.keys()].sort(compareKeys)) {
        for (const [column, n] of bySheet.get(key) ?? []) {
          const { filled = {} } = sheets[key] ?? {};
          const of = Math.max(n, (Object.hasOwn(filled, column) ? filled[column] : undefined) ?? n);
          if (isMany(n, of)) addTo(sums, column, { kind: 'cells', n, of, column, sheets: { first: key, count: 1 } });
        }
      }
      const { kinds, rows } = countsOf(ranges);
      const jsonl = (kinds.call ?? 0) - rows;
      const ofJsonl = [...fields]
        .filter(([, n]) => isMany(n, jsonl))
        .map(([column, n]): Trouble => ({ kind: 'fields', n, of: jsonl, column }));
      return [...mostFirst([...sums.values()]), ...mostFirst(ofJsonl)];
    },
  };
}

/** Columns of a call of which a cell counts as absent, each once. */
const unreadColumns = ({ remarks = [] }: KnownCall): string[] => [
  ...new Set(remarks.flatMap(({ code, column }) => (column !== undefined && isUnread(code) ? [column] : []))),
];

function addTo(sums: Map<string, Trouble>, name: string, trouble: Trouble): void {
  const sum = sums.get(name);
  if (!sum) sums.set(name, trouble);
  else {
    sum.n += trouble.n;
    sum.of += trouble.of;
    if (sum.sheets) sum.sheets.count++;
  }
}

const mostFirst = (troubles: Trouble[]): Trouble[] => troubles.sort((a, b) => b.n - a.n);

/** The reason that most have; of equals the first. */
function countReasons() {
  const counts = new Map<RefusalCode, { refusal: Refusal; n: number }>();
  return {
    add({ code, given }: Refusal): void {
      const known = counts.get(code) ?? { refusal: { code, ...(given && { given }) }, n: 0 };
      counts.set(code, { ...known, n: known.n + 1 });
    },
    most: (): Refusal | undefined => [...counts.values()].sort((a, b) => b.n - a.n)[0]?.refusal,
  };
}

function commonest(refused: readonly Refused[]): Refusal | undefined {
  const reasons = countReasons();
  for (const each of refused) reasons.add(each);
  return reasons.most();
}
