import type { LimitedList, RefusedLine, RemarkLine } from '#shared/view.ts';
import { callsAmong, notesOf, type RangeReader } from '../days/ranges.ts';
import type { State, Told } from '../days/state.ts';
import { outsideNames } from '../masking/outside-names.ts';
import { remarkOf } from '../normalize/remarks.ts';
import type { KnownSheets } from '../source/known-sheet.ts';
import type { TenantConfig } from '../tenants/config.ts';
import { tellRefused, tellRemarks } from './remarks.ts';
import { tellTroubles } from './troubles.ts';
import { tellUnreadStarts } from './unread-starts.ts';

/** What is told of single calls and rows. */
export interface Notes {
  /** Of calls and of sheets, by key. */
  refused: LimitedList<RefusedLine>;
  /** By call. */
  remarks: LimitedList<RemarkLine>;
}

/** What has to be told of all calls of a state. Only those with something to tell are read, one range at a time. */
export async function tell(state: State, read: RangeReader, config: TenantConfig): Promise<Notes & { told: Told }> {
  const { ranges, sheets } = state;
  const show = outsideNames(config);
  const refused = tellRefused(sheets, show);
  const remarks = tellRemarks(sheets, show);
  const troubles = tellTroubles(state, show);
  const unreadStarts = tellUnreadStarts(config);
  for await (const calls of notesOf(read, ranges))
    for (const call of calls) for (const each of [refused, remarks, troubles, unreadStarts]) each.add(call);
  const repeated = repeatedRows(sheets);
  for await (const { id, known } of callsAmong(read, ranges, new Set(repeated.keys()))) {
    if (known.kind !== 'call' || known.etags.row === undefined) continue;
    const { rows = 0, sheets: count = 0 } = repeated.get(id) ?? {};
    const where = count === 1 ? 'one sheet' : `${count} sheets, by name`;
    const remark = remarkOf(id, { code: 'two-rows-of-a-call', count: String(rows), where });
    remarks.add({ id, known: { ...known, remarks: [remark] } });
  }
  return {
    refused: refused.end(),
    remarks: remarks.end(),
    told: { troubles: troubles.end(), unreadStarts: unreadStarts.end() },
  };
}

/** Ids with several rows → in how many rows and sheets. */
function repeatedRows(sheets: KnownSheets): Map<string, { rows: number; sheets: number }> {
  const places = new Map<string, { rows: number; sheets: number }>();
  for (const { rows, repeated = {} } of Object.values(sheets)) {
    for (const id of Object.keys(rows)) {
      const known = places.get(id) ?? { rows: 0, sheets: 0 };
      const own = Object.hasOwn(repeated, id) ? (repeated[id] ?? 1) : 1;
      places.set(id, { rows: known.rows + own, sheets: known.sheets + 1 });
    }
  }
  for (const [id, { rows }] of places) if (rows === 1) places.delete(id);
  return places;
}
