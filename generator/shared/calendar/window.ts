import type { Window } from '../view.ts';
import { addMonths, lastOf, monthOf, weekOf } from './calendar.ts';
import { addDays } from './days.ts';
import { lengthOf, type Range } from './range.ts';

/** The days that there are calls of, which decide what a window can reach and be compared with. */
export interface KnownDays {
  /** First day with a call. */
  first: string;
  /** Last complete day with a call: where the periods that have a name end. */
  last: string;
  /** First day of the week, 0 = Sunday; without it Monday. */
  weekStart?: number;
}

/** Lengths of the periods that roll on from day to day. */
const ROLLING = [1, 7, 28, 90];

/** The last so many days, or as many as there are: a window does not reach back before the first day with a call. */
export function lastDays(days: number, { first, last }: KnownDays): Range {
  const from = addDays(last, 1 - days);
  return { from: from < first && first <= last ? first : from, to: last };
}

/**
 * A range with what it is compared with, which is nothing where those days do not lie wholly at or after the first day with a call. A window of L days is
 * compared with the one shifted back by whole weeks, so that weekdays match; a calendar week with the week before, and a calendar month with the month
 * before and the same month a year earlier.
 */
export function windowOf(range: Range, known: KnownDays): Window {
  const days = lengthOf(range);
  const { before, yearBefore } = earlier(range, days, known);
  const isKnown = (span: Range | undefined) => span !== undefined && span.from >= known.first;
  return {
    ...range,
    days,
    ...(isKnown(before) && { before }),
    ...(isKnown(yearBefore) && { yearBefore }),
    ...(range.from <= known.first && range.to >= known.last && { all: true as const }),
    ...(calendarOf(range, days, known) && { perDay: true as const }),
  };
}

function earlier(range: Range, days: number, known: KnownDays): { before: Range; yearBefore?: Range } {
  const calendar = calendarOf(range, days, known);
  if (calendar === 'month') return { before: monthAt(range.from, -1), yearBefore: monthAt(range.from, -12) };
  if (calendar === 'week') return { before: { from: addDays(range.from, -7), to: addDays(range.from, -1) } };
  const shift = -7 * Math.ceil(days / 7);
  return { before: { from: addDays(range.from, shift), to: addDays(range.to, shift) } };
}

/** Whether a range is a calendar month or week, whole or so far. One that is "Last 28 days" too is that: its length decides. */
function calendarOf(range: Range, days: number, { last, weekStart = 1 }: KnownDays): 'month' | 'week' | undefined {
  const { from, to } = range;
  if (to === last && ROLLING.includes(days)) return undefined;
  const ends = (end: string) => to === end || (to === last && to < end);
  if (from.endsWith('-01') && ends(lastOf(monthOf(from)))) return 'month';
  const [first, end] = weekOf(from, weekStart);
  return from === first && ends(end) ? 'week' : undefined;
}

function monthAt(day: string, months: number): Range {
  const month = addMonths(monthOf(day), months);
  return { from: `${month}-01`, to: lastOf(month) };
}
