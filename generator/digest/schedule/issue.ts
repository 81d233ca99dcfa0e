import { addMonths, lastOf, monthOf, weekOf } from '#shared/calendar/calendar.ts';
import { addDays } from '#shared/calendar/days.ts';
import type { Range } from '#shared/calendar/range.ts';
import { type DigestKind, KINDS } from '../../tenants/digest-config.ts';
import { type Weekday, weekdayNumber } from '../../tenants/spec-parts.ts';

/** What one digest is about, whoever gets it: a local day, a calendar week or a calendar month. */
export interface Issue {
  kind: DigestKind;
  /** The last local day that it is about. */
  date: string; // e.g., "2026-03-29"
}

/** What a kind is about. */
export const PERIODS: { [kind in DigestKind]: string } = { daily: 'day', weekly: 'week', monthly: 'month' };

/**
 * An issue as the ledger names it, below an organization. That of a day is the day alone, as it was before there were other kinds. Names sort
 * by day.
 */
export const issueName = ({ kind, date }: Issue): string => (kind === 'daily' ? date : `${date}-${kind}`);

/** Undefined where a name is none of an issue. */
export function issueOf(name: string): Issue | undefined {
  const match = /^(\d{4}-\d\d-\d\d)(?:-(weekly|monthly))?$/.exec(name);
  const kind = KINDS.find((each) => each === (match?.[2] ?? 'daily'));
  return match?.[1] !== undefined && kind !== undefined ? { kind, date: match[1] } : undefined;
}

/** The days that an issue is about. */
export function spanOf({ kind, date }: Issue): Range {
  if (kind === 'weekly') return { from: addDays(date, -6), to: date };
  return { from: kind === 'monthly' ? `${monthOf(date)}-01` : date, to: date };
}

/**
 * The issues of a kind that end before a day, newest first.
 * @param most how many
 */
export function issuesBefore(kind: DigestKind, day: string, weekStart: Weekday, most: number): Issue[] {
  const [week] = weekOf(day, weekdayNumber(weekStart));
  const dateOf = {
    daily: (back: number) => addDays(day, -1 - back),
    weekly: (back: number) => addDays(week, -1 - 7 * back),
    monthly: (back: number) => lastOf(addMonths(monthOf(day), -1 - back)),
  }[kind];
  return Array.from({ length: most }, (_, back) => ({ kind, date: dateOf(back) }));
}

/** The issue of a kind that has a day in it. */
export const issueWith = (kind: DigestKind, day: string, weekStart: Weekday): Issue => ({
  kind,
  date: { daily: day, weekly: weekOf(day, weekdayNumber(weekStart))[1], monthly: lastOf(monthOf(day)) }[kind],
});
