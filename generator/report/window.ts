import { addDays } from '#shared/calendar/days.ts';
import { lastDays, windowOf } from '#shared/calendar/window.ts';
import type { Window } from '#shared/view.ts';
import { endOfDay } from '../lib/time.ts';

/** Days that a page shows where nobody has chosen others. */
const DEFAULT_DAYS = 28;

/**
 * The window that ends on the last complete day with a call, or on the last day with a call if none is complete.
 * A day is complete once some call was processed after its end.
 * @param days day → its calls, oldest first
 * @param processed newest processing time, ISO 8601, or a local day
 */
export function defaultWindow(
  days: ReadonlyMap<string, number>,
  processed: string | undefined,
  timeZone: string,
): Window | undefined {
  const last = [...days.keys()].at(-1);
  if (last === undefined) return undefined;
  const at = processed === undefined ? Number.NEGATIVE_INFINITY : leastInstant(processed, timeZone);
  const to = [...days.keys()].findLast((day) => endOfDay(day, timeZone) < at) ?? last;
  // A call that is dated after the newest processing is a mistake, not a day that has begun.
  const begun = [...days.keys()].findLast((day) => endOfDay(addDays(day, -1), timeZone) <= at) ?? to;
  const known = { first: [...days.keys()][0] ?? to, last: to };
  return {
    ...windowOf(lastDays(DEFAULT_DAYS, known), known),
    partial: begun > to ? { day: begun, calls: days.get(begun) ?? 0 } : undefined,
  };
}

/** A processing time without an hour was in its day: after all that ended before it. */
const leastInstant = (processed: string, timeZone: string): number =>
  /^\d{4}-\d\d-\d\d$/.test(processed) ? endOfDay(addDays(processed, -1), timeZone) + 1 : Date.parse(processed);
