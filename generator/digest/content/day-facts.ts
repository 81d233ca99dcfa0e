import { addDays } from '#shared/calendar/days.ts';
import { ruleLines } from '#shared/figures/rules.ts';
import { totals } from '#shared/figures/totals.ts';
import type { RuleLine, SiteView, Totals } from '#shared/view.ts';
import type { Report } from '../../report/report.ts';
import { type Scope, scopedReport, scopeName } from '../recipients/scope.ts';
import { type Silence, silenceOf, standingOf } from '../schedule/standing.ts';
import { clean, finite } from './view.ts';
import { type Week, weekTo } from './week.ts';

/** What a digest's sentences are made from: a local day of a scope against the same weekday a week before. */
export interface DayFacts {
  /** Of the whole organization, and of the scope alone; both write years where they are not the digest's. */
  whole: Report;
  report: Report;
  site: SiteView;
  date: string;
  /** The day that is compared with. */
  past: string;
  /** First day of the whole organization's data. */
  first: string | undefined;
  now: Totals;
  before: Totals;
  rules: readonly RuleLine[];
  week: Week;
  /** Whose calls; null: everybody's. */
  scope: string | null;
  /** Whether the scope has no call of the day, and whether that of the whole organization is late. */
  quiet: boolean;
  late: boolean;
  /** How long no call of the whole organization has come; null: that is not remarkable. */
  silence: Silence | null;
}

/** @throws where a figure is not a number */
export function dayFactsOf(all: Report, date: string, scope: Scope): DayFacts {
  const site = { ...all.site, name: clean(all.site.name, 80), year: date.slice(0, 4) };
  const whole = { ...all, site };
  const report = scopedReport(whole, scope);
  const { first } = whole;
  const past = addDays(date, -7);
  const { sums } = report;
  const [cell, cellBefore] = [sums.day(date), sums.day(past)];
  const now = finite(totals(cell.counts, report.columns));
  const quiet = now.calls === 0;
  return {
    whole,
    report,
    site,
    date,
    past,
    first,
    now,
    before: finite(totals(cellBefore.counts, report.columns)),
    rules: ruleLines(report, cell, cellBefore, sums.agents({ from: date, to: date })),
    week: weekTo(report, date, first),
    scope: scopeName(report, scope),
    quiet,
    late: quiet && standingOf(whole, { from: date, to: date }) === 'late',
    silence: quiet ? silenceOf(whole, date) : null,
  };
}
