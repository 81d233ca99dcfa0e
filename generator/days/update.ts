import pMap from 'p-map';
import type { Call } from '#shared/model.ts';
import { decodeText } from '../lib/bytes.ts';
import type { Slice, Spool } from '../lib/spool.ts';
import type { SpooledList } from '../lib/spooled.ts';
import { ruleId } from '../normalize/rules.ts';
import type { Blobs } from '../publish/blobs.ts';
import type { KnownSheets } from '../source/known-sheet.ts';
import type { Waiting } from '../source/waiting.ts';
import type { TenantConfig } from '../tenants/config.ts';
import type { DayFiles } from './files.ts';
import type { KnownCall } from './known-call.ts';
import { type DayLines, linesOf, monthOfDay, writeMonth } from './months.ts';
import { openIndex } from './search/index-day.ts';
import { encodeDay, readDayLines, type State } from './state.ts';
import type { StateFiles } from './state-files.ts';
import { type CallUpdate, openRangeFiles, updateRanges } from './write-ranges.ts';

/** What becomes of one call in this run. */
export interface ReadCall extends CallUpdate {
  /** What the state before knows of it. */
  before?: KnownCall;
  /** Where its line of the day file lies in the spool, and its turns as JSON; absent where its objects make no call. */
  line?: Slice;
  turns?: Slice;
  /** What it is found by, see `joinTerms`. */
  terms?: Slice;
}

/** What is different from the last run. */
export interface CallChanges {
  /** In the order of calls. */
  calls: SpooledList<ReadCall>;
  sheets: KnownSheets;
  ignored: string[];
  waiting?: Waiting | undefined;
}

/** What this run has written, and where. */
export interface Tools {
  /** The day files before; those written are added. */
  days: DayFiles;
  stateFiles: StateFiles;
  spool: Spool;
  blobs: Blobs;
}

/** Days held in memory at once. */
const AT_ONCE = 4;

/**
 * The state after this run: only days that a changed call was or is in are written again, and months and ranges with such a call.
 * @returns the new state, in which nothing is told yet, and the days that were written
 */
export async function updateDays(
  state: State,
  changes: CallChanges,
  { days: files, stateFiles, spool, blobs }: Tools,
  config: TenantConfig,
): Promise<{ state: State; written: string[] }> {
  const gone = new Map<string, Set<string>>();
  const come = new Map<string, number[]>();
  for await (const { id, before, known, line, terms } of changes.calls) {
    if (before?.day !== undefined) remember(gone, before.day, () => new Set<string>()).add(id);
    if (known?.day !== undefined && line && terms)
      remember(come, known.day, () => []).push(line.offset, line.length, terms.offset, terms.length);
  }

  const critical = new Set(config.criticalRules.map(ruleId));
  const days = new Map(Object.entries(state.days));
  const terms = new Map(Object.entries(state.terms));
  const index = openIndex({ stateFiles, spool }, state, config.language);
  const months = new Map(Object.entries(state.months));
  const lost = Object.keys(state.days).filter((day) => !months.has(monthOfDay(day)));
  const written = [...new Set([...gone.keys(), ...come.keys(), ...lost])].sort();

  /** Write a day's calls. @returns what they come to; undefined where none is left */
  async function writeDay(day: string): Promise<DayLines | undefined> {
    const before = days.has(day) ? readDayLines(await files.get(day)).map(parseLine) : [];
    const slices = slicesOf(come.get(day) ?? []);
    const fresh = await Promise.all(slices.map(async ({ line }) => parseLine(decodeText(await spool.get(line)))));
    const kept = [...before.filter(({ call }) => !gone.get(day)?.has(call.id)), ...fresh];
    if (kept.length === 0) {
      days.delete(day);
      terms.delete(day);
      files.forget(day);
      return undefined;
    }
    kept.sort((a, b) => (a.call.id < b.call.id ? -1 : 1));
    const file = await encodeDay(kept.map(({ line }) => line));
    const own = kept.map(({ call }) => call);
    days.set(day, await blobs.put(file, days.get(day)?.blob));
    await files.put(day, file, own);
    const added = fresh.map(({ call }, i) => [call.id, slices[i]?.terms] as const);
    terms.set(day, await index(day, { before: before.map(({ call }) => call), calls: own, added }));
    return linesOf(own, critical, config.timeZone, state.dimensions);
  }

  for (const [month, own] of Map.groupBy(written, monthOfDay)) {
    const lines = await pMap(own, async (day) => [day, await writeDay(day)] as const, { concurrency: AT_ONCE });
    const at = await writeMonth(stateFiles, months.get(month), new Map(lines));
    if (at) months.set(month, at);
    else months.delete(month);
  }
  return {
    state: {
      ...state,
      ranges: await updateRanges(openRangeFiles(stateFiles), state.ranges, changes.calls.blocks()),
      days: Object.fromEntries(days),
      terms: Object.fromEntries(terms),
      months: Object.fromEntries(months),
      sheets: changes.sheets,
      ignored: changes.ignored,
      waiting: changes.waiting,
    },
    written,
  };
}

/** @param numbers of one call after the other: there may be a million */
const slicesOf = (numbers: readonly number[]): { line: Slice; terms: Slice }[] =>
  Array.from({ length: numbers.length / 4 }, (_, i) => {
    const [offset = 0, length = 0, start = 0, bytes = 0] = numbers.slice(4 * i, 4 * i + 4);
    return { line: { offset, length }, terms: { offset: start, length: bytes } };
  });

const parseLine = (line: string) => ({ line, call: JSON.parse(line) as Call });

function remember<T>(map: Map<string, T>, day: string, empty: () => T): T {
  const known = map.get(day) ?? empty();
  map.set(day, known);
  return known;
}
