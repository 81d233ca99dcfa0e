import { addDays, weekdayOf } from '#shared/calendar/days.ts';
import { localDay } from '#shared/calendar/local-time.ts';
import { endOfDay } from '../../lib/time.ts';

const HOUR_MS = 3_600_000;
const QUARTER_MS = HOUR_MS / 4;
const DAY_MS = 24 * HOUR_MS;
/** What counts as usual: the days before the newest call. */
const USUAL_MS = 28 * DAY_MS;
/** Fewer calls, or all in a shorter time, have no rhythm. */
const LEAST = { calls: 20, ms: 7 * DAY_MS };
/** A gap is unusual from so many times the longest usual one on, and never below a working day. */
const TIMES = 1.5;

/**
 * How long nothing has come, and how long that may be. Only time on working days counts: weekdays of the organization's zone on which calls
 * came in at least half of the usual weeks.
 */
export interface Standstill {
  /** Since the newest call, on working days, in milliseconds. */
  ms: number;
  /** From so long on it is unusual: 1.5 times the longest gap of the 28 days before the newest call, at least 24 hours. */
  longestMs: number;
}

/** @param arrivals when calls came, in milliseconds since the epoch, in order. @returns undefined where they are too few to have a rhythm */
export function standstillOf(arrivals: readonly number[], now: number, timeZone: string): Standstill | undefined {
  const last = arrivals.at(-1);
  if (last === undefined) return undefined;
  const usual = arrivals.filter((at) => at > last - USUAL_MS);
  const first = usual[0] ?? last;
  if (usual.length < LEAST.calls || last - first < LEAST.ms) return undefined;
  const works = workingDays(usual, timeZone);
  let longest = 0;
  for (const [i, at] of usual.entries()) {
    const before = usual[i - 1] ?? at;
    // Most gaps are of minutes.
    if (at - before > HOUR_MS && at - before > longest)
      longest = Math.max(longest, workingMs(before, at, works, timeZone));
  }
  return { ms: workingMs(last, now, works, timeZone), longestMs: Math.max(DAY_MS, TIMES * longest) };
}

/** Weekdays, 0 to 6, on which calls came in half of the weeks or more. */
function workingDays(usual: readonly number[], timeZone: string): ReadonlySet<number> {
  // Of many calls in a quarter of an hour, all have the same local day.
  const quarters = new Set(usual.map((at) => Math.floor(at / QUARTER_MS)));
  const days = new Set([...quarters].map((quarter) => localDay(quarter * QUARTER_MS, timeZone)));
  const weeks = Math.max(1, Math.round(((usual.at(-1) ?? 0) - (usual[0] ?? 0)) / (7 * DAY_MS)));
  const counts = new Map<number, number>();
  for (const day of days) counts.set(weekdayOf(day), (counts.get(weekdayOf(day)) ?? 0) + 1);
  return new Set([...counts].filter(([, n]) => n * 2 >= weeks).map(([weekday]) => weekday));
}

/** Time from one instant to another that lies on working days. */
function workingMs(from: number, to: number, works: ReadonlySet<number>, timeZone: string): number {
  let sum = 0;
  let day = localDay(from, timeZone);
  for (let at = from; at < to; day = addDays(day, 1)) {
    const end = Math.min(to, endOfDay(day, timeZone));
    if (works.has(weekdayOf(day))) sum += end - at;
    at = end;
  }
  return sum;
}
