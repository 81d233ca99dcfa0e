import { shownId } from '#shared/calls/shown-id.ts';
import type { LimitedList, RefusedLine, RemarkLine } from '#shared/view.ts';
import type { CallEntry } from '../days/known-call.ts';
import { countsOf } from '../days/ranges.ts';
import type { State } from '../days/state.ts';
import { callPath } from '../lib/paths.ts';
import type { ShowName } from '../masking/outside-names.ts';
import { isToldOnce } from '../normalize/remarks.ts';
import type { KnownSheets } from '../source/known-sheet.ts';
import { type Refused, reasonOf } from '../source/refusals.ts';
import { refusedIn } from '../source/sheets.ts';
import { addCode, firstOf, limitedList } from './first-of.ts';
import { rowOwners } from './row-owners.ts';

/** Something that is told of all calls: they are added one by one, and few lines are held. */
export interface Telling<Told> {
  add(call: CallEntry): void;
  end(): Told;
}

/** What could not be read, of calls and of sheets, by key; a sheet's rows in their order. */
export function tellRefused(sheets: KnownSheets, show: ShowName): Telling<LimitedList<RefusedLine>> {
  const list = firstOf<Refused>((a, b) => order(a.key, b.key));
  const add = (each: Refused) => list.add({ ...each, key: show(each.key) });
  return {
    add({ id, known: { alias, refused = [] } }) {
      for (const each of refused) add(alias ? { ...each, key: each.key.replace(id, () => alias.id) } : each);
    },
    end() {
      for (const { refused = [] } of Object.values(sheets)) for (const each of refused) add(each);
      const { first, codes } = list.end();
      for (const { unnamed = {} } of Object.values(sheets))
        for (const [code, n] of Object.entries(unnamed)) addCode(codes, code, n);
      const lines = first.map((each) => ({ key: each.key, code: each.code, reason: reasonOf(each) }));
      return limitedList(lines, codes);
    },
  };
}

/** Objects, sheets and rows that could not be read. */
export const refusedCount = ({ ranges, sheets }: State): number =>
  Object.values(sheets).reduce((sum, sheet) => sum + refusedIn(sheet), countsOf(ranges).refused);

/** What needs telling of calls that were read, by call; what is so with a whole column once for each sheet, and first. */
export function tellRemarks(sheets: KnownSheets, show: ShowName): Telling<LimitedList<RemarkLine>> {
  const ownerOf = rowOwners(sheets);
  const once = new Map<string, RemarkLine>();
  const single = firstOf<RemarkLine & { callId: string }>((a, b) => order(a.callId, b.callId) || order(a.text, b.text));
  return {
    add({ id, known: { alias, etags, remarks = [] } }) {
      for (const { callId: _, ...remark } of remarks) {
        if (!isToldOnce(remark.code)) {
          single.add({ callId: shownId({ id, alias }), href: callPath({ id, alias }), ...remark });
          continue;
        }
        // One line for each code, column and sheet; those of JSONL have no sheet.
        const sheet = etags.row === undefined ? undefined : ownerOf(id);
        const name = JSON.stringify([sheet, remark.code, remark.column]);
        if (!once.has(name)) once.set(name, { ...remark, ...(sheet !== undefined && { key: show(sheet) }) });
      }
    },
    end() {
      const { first, codes } = single.end();
      const lines = [...once].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, line]) => line);
      for (const { code } of lines) addCode(codes, code);
      return limitedList([...lines, ...first], codes);
    },
  };
}

const order = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);
