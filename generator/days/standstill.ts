import { weekdayOf } from '#shared/calendar/days.ts';
import { isLocalDay, localDay, localHour } from '#shared/calendar/local-time.ts';
import type { Cube } from '#shared/counts/cube.ts';
import { endOfDay } from '../lib/time.ts';

/** When calls came last, and from when on it is odd that no other has. */
export interface Arrivals {
  /** Newest start, ISO 8601 in UTC; a start without an hour counts as the end of its day. */
  lastCallAt: string;
  /** If no newer call is known by then, the organization stands still; absent where its calls are too few to tell. */
  callsExpectedBy?: string;
}

/** What the rule needs of a day: calls by the hour of their start, the newest start and the newest processing time. */
export type ArrivalDay = Pick<Cube, 'started' | 'processed'> & {
  agents: { [agent: string]: { counts: { calls: number; hours: { [hour: string]: number } } } };
};

const HOUR_MS = 60 * 60_000;
const DAY_MS = 24 * HOUR_MS;
const WEEK_MS = 7 * DAY_MS;
/** Weeks that tell what is usual, and fewest of them. */
const WEEKS = { most: 4, fewest: 2 };
/** Fewest calls in these weeks. */
const LEAST_CALLS = 20;
/** Where fewer hours of a week are usual, any hour counts. */
const LEAST_USUAL = 5;
/** Longer than the longest silence of these weeks, and longer than one working day: a bank holiday is no standstill. */
const LONGER_THAN = { silence: 1.5, workingDay: 1.25 };
/** From start to processing at most; more is a call that was analysed again. */
const MOST_LAG_MS = 48 * HOUR_MS;
/** A rhythm that expects nothing for so long is none. */
const MOST_HOURS = 24 * 120;

/**
 * When it would be odd that no newer call is known. Silence is counted in usual hours: those of the week in which calls came in at least half of
 * the last four weeks, so that no night, week-end or weekly day off counts. It is a standstill once it is longer than 1.5 times the longest silence
 * of these weeks and longer than a working day and a quarter, in usual hours, and than 24 hours; then the usual time from a call to its
 * processing is added. Needs calls over two weeks, twenty of them.
 * @param days local day → its counts; calls without a day are in none
 * @returns undefined where no call has a start
 */
export function arrivalsOf(days: ReadonlyMap<string, ArrivalDay>, timeZone: string): Arrivals | undefined {
  const last = instantOf(newestOf(days, 'started'), timeZone);
  if (last === undefined) return undefined;
  const lastCallAt = new Date(last).toISOString();
  const by = expectedBy(days, last, timeZone);
  return { lastCallAt, ...(by !== undefined && { callsExpectedBy: new Date(by).toISOString() }) };
}

/** Whether an organization stands still. @param now milliseconds since the epoch */
export const standsStill = ({ callsExpectedBy }: Partial<Arrivals>, now: number): boolean =>
  callsExpectedBy !== undefined && now > Date.parse(callsExpectedBy);

/** @param last of the newest call, milliseconds since the epoch */
function expectedBy(days: ReadonlyMap<string, ArrivalDay>, last: number, timeZone: string): number | undefined {
  const end = Math.floor(last / HOUR_MS) * HOUR_MS;
  const hours = hoursUpTo(days, end, timeZone);
  const weeks = Math.min(WEEKS.most, Math.ceil(hours.length / (WEEK_MS / HOUR_MS)));
  if (weeks < WEEKS.fewest || hours.reduce((sum, { calls }) => sum + calls, 0) < LEAST_CALLS) return undefined;
  const usual = usualSlots(hours, weeks);
  let [silent, longest] = [0, 0];
  for (const { slot, calls } of hours) {
    silent = calls > 0 ? 0 : silent + (usual.has(slot) ? 1 : 0);
    longest = Math.max(longest, silent);
  }
  const limit = Math.max(LONGER_THAN.silence * longest, LONGER_THAN.workingDay * workingDay(usual));
  let passed = 0;
  for (let hour = 1; hour <= MOST_HOURS; hour++) {
    const at = end + hour * HOUR_MS;
    if (usual.has(slotOf(at, timeZone).slot)) passed++;
    if (passed >= limit && at + HOUR_MS >= last + DAY_MS) return at + HOUR_MS + lagOf(days, end, timeZone);
  }
  return undefined;
}

interface Hour {
  /** Hour of the week. */
  slot: number;
  calls: number;
}

/** The hours of the last four weeks from the first with a call, oldest first. */
function hoursUpTo(days: ReadonlyMap<string, ArrivalDay>, end: number, timeZone: string): Hour[] {
  const hours: Hour[] = [];
  for (let at = end - WEEKS.most * WEEK_MS + HOUR_MS; at <= end; at += HOUR_MS) {
    const { day, hour, slot } = slotOf(at, timeZone);
    const calls = callsIn(days.get(day), hour);
    if (hours.length > 0 || calls > 0) hours.push({ slot, calls });
  }
  return hours;
}

/** Calls of a day in one of its hours; where no hour is known, they count in each. */
function callsIn(day: ArrivalDay | undefined, hour: number): number {
  let [calls, timed, here] = [0, 0, 0];
  for (const { counts } of Object.values(day?.agents ?? {})) {
    calls += counts.calls;
    for (const n of Object.values(counts.hours)) timed += n;
    here += counts.hours[hour] ?? 0;
  }
  return timed === 0 ? calls : here;
}

function slotOf(at: number, timeZone: string): { day: string; hour: number; slot: number } {
  const day = localDay(at, timeZone);
  const hour = localHour(new Date(at).toISOString(), timeZone);
  return { day, hour, slot: weekdayOf(day) * 24 + hour };
}

const ALL_SLOTS: ReadonlySet<number> = new Set(Array.from({ length: 7 * 24 }, (_, slot) => slot));

/** Hours of the week in which calls are usual. */
function usualSlots(hours: readonly Hour[], weeks: number): ReadonlySet<number> {
  const times = new Map<number, number>();
  for (const { slot, calls } of hours) if (calls > 0) times.set(slot, (times.get(slot) ?? 0) + 1);
  const needed = Math.max(2, Math.ceil(weeks / 2));
  const usual = new Set([...times].filter(([, n]) => n >= needed).map(([slot]) => slot));
  return usual.size < LEAST_USUAL ? ALL_SLOTS : usual;
}

/** Usual hours of the weekday that has most. */
function workingDay(usual: ReadonlySet<number>): number {
  const hours = new Array<number>(7).fill(0);
  for (const slot of usual) hours[Math.floor(slot / 24)] = (hours[Math.floor(slot / 24)] ?? 0) + 1;
  return Math.max(...hours);
}

/** The usual time from a day's newest call to its newest processing, in these weeks. */
function lagOf(days: ReadonlyMap<string, ArrivalDay>, end: number, timeZone: string): number {
  const first = localDay(end - WEEKS.most * WEEK_MS, timeZone);
  const lags = [...days].flatMap(([day, { started, processed }]) => {
    const [from, to] = [instantOf(started, timeZone), instantOf(processed, timeZone)];
    return day < first || from === undefined || to === undefined ? [] : [Math.max(0, to - from)];
  });
  lags.sort((a, b) => a - b);
  return Math.min(MOST_LAG_MS, lags[Math.floor(lags.length / 2)] ?? 0);
}

function newestOf(days: ReadonlyMap<string, ArrivalDay>, of: 'started' | 'processed'): string | undefined {
  let newest: string | undefined;
  for (const { [of]: each } of days.values())
    if (each !== undefined && !(newest !== undefined && newest > each)) newest = each;
  return newest;
}

/** Of a start or a processing time; one that is a day alone is the end of that day. */
function instantOf(moment: string | undefined, timeZone: string): number | undefined {
  if (moment === undefined) return undefined;
  const at = isLocalDay(moment) ? endOfDay(moment, timeZone) - 1 : Date.parse(moment);
  return Number.isNaN(at) ? undefined : at;
}
