import pMap from 'p-map';
import { monthOf } from '#shared/calendar/calendar.ts';
import type { Cube } from '#shared/counts/cube.ts';
import { UNDATED } from '#shared/counts/fold.ts';
import { packMonth } from '#shared/counts/month.ts';
import { type DimensionId, isInsightId } from '#shared/filter/dimension-id.ts';
import type { DayReader } from '../days/files.ts';
import type { MonthAt } from '../days/months.ts';
import type { State } from '../days/state.ts';
import { shortHash } from '../lib/bytes.ts';
import type { StateAt } from '../publish/manifest.ts';
import { callColumns, type SlimCall, slimCall } from '../report/call-rows.ts';

/** A data file that is made only when asked for. */
export interface DataFile {
  path: string; // e.g., "/data/calls/2026-03.json"
  /** Hash of what it is made from: day files, or what their days come to. */
  input: string;
  value(): Promise<unknown>;
}

/** Days held in memory at once, beside the rows of one month. */
const DAYS_AT_ONCE = 4;

/** The days of each month, oldest first; calls without a day are a month of their own, which is there even if it is empty. */
function monthsOf(state: State): [month: string, days: [day: string, StateAt][]][] {
  const days = Object.entries(state.days).sort(([a], [b]) => (a < b ? -1 : 1));
  const months = Map.groupBy(days, ([day]) => (day === UNDATED ? UNDATED : monthOf(day)));
  if (!months.has(UNDATED)) months.set(UNDATED, []);
  return [...months];
}

/**
 * The files of each month's calls and of the words about them. Both come from one pass over the month's days, which takes place
 * only if one of the two is asked for: ask for a month's two before the next one's, so that one month is held at a time.
 */
export function* callFiles(state: State, readDay: DayReader): Generator<DataFile> {
  const insights = state.dimensions.map(({ id }) => id).filter(isInsightId);
  for (const [month, days] of monthsOf(state)) {
    const hashes = days.map(([, { sha256: hash }]) => hash);
    const input = inputOf(state, [JSON.stringify(insights), ...hashes]);
    let columns: Promise<ReturnType<typeof callColumns>> | undefined;
    const read = () => {
      columns ??= slimCalls(
        days.map(([day]) => day),
        readDay,
        insights,
      ).then(callColumns);
      return columns;
    };
    yield { path: `/data/calls/${month}.json`, input, value: async () => (await read()).calls };
    yield { path: `/data/words/${month}.json`, input, value: async () => (await read()).words };
  }
}

/** The file of each month's counts by day and agent; calls without a day are in none. */
export function* countFiles(state: State, cubes: ReadonlyMap<string, Cube>): Generator<DataFile> {
  for (const [month, days] of monthsOf(state)) {
    if (month === UNDATED) continue;
    const own = () => days.flatMap(([day]) => ofDay(cubes, day));
    // Not of what calls are told apart by: it takes another order with nearly each call, and no day's counts with it.
    const input = inputOf(state, [(state.months[month] as MonthAt).counts.sha256]);
    yield { path: `/data/days/${month}.json`, input, value: async () => packMonth(own()) };
  }
}

function ofDay(cubes: ReadonlyMap<string, Cube>, day: string): [string, Cube][] {
  const cube = cubes.get(day);
  return cube ? [[day, cube]] : [];
}

const inputOf = ({ fingerprint }: State, parts: readonly string[]): string =>
  shortHash([fingerprint, ...parts].join('\n'));

async function slimCalls(
  days: readonly string[],
  readDay: DayReader,
  insights: readonly DimensionId[],
): Promise<SlimCall[]> {
  const calls = await pMap(days, async (day) => (await readDay(day)).map((call) => slimCall(call, insights)), {
    concurrency: DAYS_AT_ONCE,
  });
  return calls.flat();
}
