import { addDays } from '#shared/calendar/days.ts';
import { lengthOf, type Range } from '#shared/calendar/range.ts';
import { lastDays } from '#shared/calendar/window.ts';
import { ruleLines } from '#shared/figures/rules.ts';
import { totals } from '#shared/figures/totals.ts';
import type { RuleLine, Totals } from '#shared/view.ts';
import type { Report } from '../../report/report.ts';
import { finite } from './view.ts';

const DAYS = 7;

/** The seven days that end with a digest's, and the seven before them. */
export interface Week {
  from: string;
  to: string;
  /** Fewer than seven where the data begins later. */
  days: number;
  /** The seven days that they are compared with. */
  past: { from: string; to: string };
  now: Totals;
  /** Without calls where the data does not reach back so far. */
  before: Totals;
  rules: RuleLine[];
}

/** So many days up to `date`, but none before the first one with a call. */
export function spanTo(date: string, days: number, first: string | undefined): Range & { days: number } {
  const span = lastDays(days, { first: first ?? date, last: date });
  return { ...span, days: lengthOf(span) };
}

/** @param first first day of the whole organization's data: an earlier one is no day without calls, but a day without data */
export function weekTo(report: Report, date: string, first: string | undefined): Week {
  const span = spanTo(date, DAYS, first);
  const past = { from: addDays(date, 1 - 2 * DAYS), to: addDays(date, -DAYS) };
  const isWhole = first !== undefined && first <= past.from;
  const [now, before] = [report.sums.all(span), report.sums.all(isWhole ? past : undefined)];
  return {
    ...span,
    past,
    now: finite(totals(now.counts, report.columns)),
    before: finite(totals(before.counts, report.columns)),
    rules: ruleLines(report, now, before),
  };
}
