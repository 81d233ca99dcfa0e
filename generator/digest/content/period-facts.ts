import { monthOf } from '#shared/calendar/calendar.ts';
import { addDays } from '#shared/calendar/days.ts';
import type { Range } from '#shared/calendar/range.ts';
import { windowOf } from '#shared/calendar/window.ts';
import { comparedWith } from '#shared/figures/lead.ts';
import { ruleLines } from '#shared/figures/rules.ts';
import { totals } from '#shared/figures/totals.ts';
import { englishLocaleOf, monthName } from '#shared/format/english.ts';
import { spanAt } from '#shared/format/format.ts';
import type { RuleLine, SiteView, Totals, Window } from '#shared/view.ts';
import type { Report } from '../../report/report.ts';
import { type Scope, scopedReport, scopeName } from '../recipients/scope.ts';
import { type Issue, spanOf } from '../schedule/issue.ts';
import { type Silence, silenceOf, standingOf } from '../schedule/standing.ts';
import { clean, finite } from './view.ts';

/** A calendar week or month. */
export type PeriodIssue = Issue & { kind: 'weekly' | 'monthly' };

/** What a weekly or monthly digest is made from: a calendar week or month of a scope against the one before. */
export interface PeriodFacts {
  kind: PeriodIssue['kind'];
  /** Of the whole organization, and of the scope alone; both write years where they are not the digest's. */
  whole: Report;
  report: Report;
  site: SiteView;
  /** The whole week or month. */
  span: Range;
  /** Its days from the first with a call of the whole organization on, and what they are compared with. */
  window: Window;
  /** The first day of the whole organization's data. */
  first: string | undefined;
  now: Totals;
  /** Without calls where there is nothing to compare with. */
  before: Totals;
  /** Of the same month a year earlier. */
  yearBefore: Totals | undefined;
  rules: readonly RuleLine[];
  /** Whose calls; null: everybody's. */
  scope: string | null;
  /** Whether the scope has no call, and whether the last days of the whole organization are late. */
  quiet: boolean;
  late: boolean;
  silence: Silence | null;
  /** "the week 23 – 29 Mar", "March 2026" */
  when: string;
  /** The same as a title, with its year: "Week 23 – 29 Mar 2026", "March 2026" */
  title: string;
  /** What it is compared with; null: nothing. */
  compared: string | null; // e.g., "the week before, 16 – 22 Mar", "February 2026"
}

/** @throws where a figure is not a number */
export function periodFactsOf(all: Report, issue: PeriodIssue, scope: Scope): PeriodFacts {
  const span = spanOf(issue);
  const site = { ...all.site, name: clean(all.site.name, 80), year: issue.date.slice(0, 4) };
  const whole = { ...all, site };
  const report = scopedReport(whole, scope);
  const { first } = whole;
  const window = calendarWindow(span, first, site);
  const { sums } = report;
  const [cell, cellBefore] = [sums.all(window), sums.all(window.before)];
  const totalsOf = (counts: typeof cell.counts) => finite(totals(counts, report.columns));
  const now = totalsOf(cell.counts);
  const late = standingOf(whole, span) === 'late';
  return {
    kind: issue.kind,
    ...{ whole, report, site, span, window, first, now },
    before: totalsOf(cellBefore.counts),
    yearBefore: window.yearBefore && totalsOf(sums.all(window.yearBefore).counts),
    rules: ruleLines(report, cell, cellBefore, sums.agents(window)),
    scope: scopeName(report, scope),
    quiet: now.calls === 0,
    late,
    silence: now.calls === 0 || late ? silenceOf(whole, span.to) : null,
    when: whenOf(issue, site),
    title: whenOf(issue, { ...site, year: '' }).replace(/^the week/, 'Week'),
    compared: comparedWith(window, site)?.words ?? null,
  };
}

/** As a calendar week or month, even where it could be "the last 7 days" too; from the first day with a call on. */
function calendarWindow(span: Range, first: string | undefined, { weekStart }: SiteView): Window {
  const from = first !== undefined && first > span.from && first <= span.to ? first : span.from;
  return windowOf({ from, to: span.to }, { first: first ?? from, last: addDays(span.to, 1), weekStart });
}

function whenOf(issue: PeriodIssue, { locale, year }: SiteView): string {
  const { from, to } = spanOf(issue);
  if (issue.kind === 'monthly') return monthName(monthOf(to), locale);
  return `the week ${spanAt(from, to, { locale: englishLocaleOf(locale), year })}`;
}
