import { monthOf, weekOf } from '#shared/calendar/calendar.ts';
import { UNDATED } from '#shared/counts/fold.ts';

/** Which days one segment is made of. */
export interface SegmentPlan {
  name: string; // e.g., "2026-03", "2026-04-06_2026-04-12", "2026-04-13", "undated" or "all"
  /** Newest first; calls without a day come last. */
  days: string[];
}

/** A site of no more calls has one segment. */
const SMALL_SITE = 2000;

/**
 * The segments of a site, newest first: each day of the newest week, each other week of the newest month, and each other month. So what
 * changes every day is in small ones.
 * @param days that have calls, those without a day as `UNDATED`
 * @param newest the day that is the newest, where no call of a mistaken date decides it
 * @param weekStart see `weekOf`
 */
export function planSegments(
  days: readonly string[],
  calls: number,
  newest: string | undefined,
  weekStart: number,
): SegmentPlan[] {
  // The word sorts above all dates: calls without a day go last.
  const sorted = days.toSorted().reverse();
  const ordered = [...sorted.filter((day) => day !== UNDATED), ...sorted.filter((day) => day === UNDATED)];
  const last = newest ?? ordered[0] ?? '';
  const nameOf = (day: string): string => {
    if (calls <= SMALL_SITE) return 'all';
    if (day === UNDATED || monthOf(day) !== monthOf(last)) return day === UNDATED ? day : monthOf(day);
    const [first, end] = weekOf(day, weekStart);
    return first === weekOf(last, weekStart)[0] ? day : `${first}_${end}`;
  };
  return [...Map.groupBy(ordered, nameOf)].map(([name, own]) => ({ name, days: own }));
}
