import { monthOf, weekOf } from './calendar.ts';
import { addDays, daysBetween } from './days.ts';

/** Local days, both ends included. */
export interface Range {
  from: string; // e.g., "2026-03-01"
  to: string;
}

/** The days that a range can be chosen from. */
export interface Calendar {
  /** Day → its calls, oldest first; days without calls are left out. */
  days: readonly (readonly [day: string, calls: number])[];
  /** What is shown where nobody has chosen; it ends on the last complete day with a call. */
  window: Range;
  /** First day of the week, 0 = Sunday; without it Monday. */
  weekStart?: number;
}

/** A range that has a name. */
export interface Preset extends Range {
  name: string; // e.g., "Last 7 days"
  calls: number;
}

/**
 * The ranges that have a name and any call: all of them end with the last complete day that has a call, or before. None reaches back before the first day
 * with a call: those that would are one, of all the days that there are.
 */
export function presetsOf(calendar: Calendar): Preset[] {
  const { to } = calendar.window;
  const first = calendar.days[0]?.[0] ?? to;
  const [week] = weekOf(to, calendar.weekStart ?? 1);
  const month = `${monthOf(to)}-01`;
  const lastMonth = `${monthOf(addDays(month, -1))}-01`;
  const named = [
    { name: 'Last day', from: to, to },
    ...[7, 28, 90].map((days) => ({ name: `Last ${days} days`, from: addDays(to, 1 - days), to })),
    { name: 'This week', from: week, to },
    { name: 'Last week', from: addDays(week, -7), to: addDays(week, -1) },
    { name: 'This month', from: month, to },
    { name: 'Last month', from: lastMonth, to: addDays(month, -1) },
  ];
  const presets = named.filter(({ from }) => from >= first);
  if (presets.length < named.length && !presets.some((preset) => isSame(preset, { from: first, to })))
    presets.splice(presets.findLastIndex(({ name }) => /^Last (\d|day)/.test(name)) + 1, 0, {
      name: 'All days',
      from: first,
      to,
    });
  return presets.map((range) => ({ ...range, calls: callsIn(calendar, range) })).filter(({ calls }) => calls > 0);
}

/** The first preset with these days: a month's name goes to nobody who asked for "Last 7 days". */
export const presetOf = (calendar: Calendar, range: Range): Preset | undefined =>
  presetsOf(calendar).find((preset) => isSame(preset, range));

/** The name of the window that a page is made for, which has no more days than there are. */
export const windowName = (window: Range, weekStart?: number): string | undefined =>
  presetOf({ days: [[window.from, 1]], window, weekStart }, window)?.name;

export const isSame = (a: Range, b: Range): boolean => a.from === b.from && a.to === b.to;

/** How many calls a range has. */
const callsIn = ({ days }: Calendar, { from, to }: Range): number =>
  days.reduce((sum, [day, calls]) => (day >= from && day <= to ? sum + calls : sum), 0);

/** How many days a range has. */
export const lengthOf = ({ from, to }: Range): number => daysBetween(from, to).length;

/** First and last day that has a call; undefined where none has. */
export function boundsOf({ days }: Calendar): Range | undefined {
  const [from, to] = [days[0]?.[0], days.at(-1)?.[0]];
  return from === undefined || to === undefined ? undefined : { from, to };
}

/**
 * The range of a query, within the days that there are. Undefined where the query has none; `outside` where it is no range or
 * none of its days can have a call.
 */
export function readRange(search: string, calendar: Calendar): Range | 'outside' | undefined {
  const query = new URLSearchParams(search);
  const [first, last] = [query.get('from'), query.get('to')];
  if (first === null && last === null) return undefined;
  const bounds = boundsOf(calendar);
  if (!bounds || !(isDay(first) || first === null) || !(isDay(last) || last === null)) return 'outside';
  const from = later(first ?? bounds.from, bounds.from);
  const to = earlier(last ?? bounds.to, bounds.to);
  return from <= to ? { from, to } : 'outside';
}

/** A query that shows a range, with what else was in it; the range that is shown anyway is not written. */
export function withRange(search: string, range: Range, { window }: Calendar): string {
  const query = new URLSearchParams(search);
  query.delete('from');
  query.delete('to');
  if (!isSame(range, window)) {
    query.set('from', range.from);
    query.set('to', range.to);
  }
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}

/** A day of the calendar, such as "2026-03-31". */
export function isDay(text: string | null): text is string {
  if (text === null || !/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const date = new Date(`${text}T12:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

const later = (a: string, b: string): string => (a > b ? a : b);
const earlier = (a: string, b: string): string => (a < b ? a : b);
