import { weekOf } from '#shared/calendar/calendar.ts';
import { addDays, daysBetween } from '#shared/calendar/days.ts';
import type { Range } from '#shared/calendar/range.ts';
import type { Cell } from '#shared/counts/cube.ts';
import { totals } from '#shared/figures/totals.ts';
import type { CallFilter } from '#shared/filter/filter.ts';
import { englishLocaleOf } from '#shared/format/english.ts';
import { count, counted, share, spanAt } from '#shared/format/format.ts';
import { failedOf, isEnough } from '#shared/format/rate.ts';
import { isMet, shareTarget } from '#shared/format/target.ts';
import { ruleId } from '../../normalize/rules.ts';
import type { Report } from '../../report/report.ts';
import type { AlertRule } from '../../tenants/alerts.ts';
import { dayWords } from '../schedule/dates.ts';
import type { SpanLinks } from './links.ts';
import { fewest, NAME_LENGTH } from './subject.ts';
import { clean, type DigestView } from './view.ts';

/** A configured alert that is so. */
export interface Alert {
  text: string;
  /** How a subject says it; absent where one call alone made it so. */
  subject?: string;
  /** The calls behind it. */
  filter: CallFilter & Range;
}

/** Days that one alert names. */
const NAMED_DAYS = 3;

/**
 * The configured alerts that are so, in the order of the configuration.
 * @param report of the recipient's scope
 * @param span the day, week or month of the digest
 */
export function alertsOf(report: Report, span: Range): Alert[] {
  const alerts = report.config.digest?.alerts ?? [];
  return alerts.flatMap((alert) => alertOf(alert, report, span) ?? []);
}

/** As the mail tells them. */
export const alertViews = (alerts: readonly Alert[], toSpan: SpanLinks): DigestView['alerts'] =>
  alerts.map(({ text, filter: { from, to, ...filter } }) => ({ text, href: toSpan({ from, to }, filter) }));

/** Names of rules that alerts ask for and no call has. */
export const unknownAlertRules = ({ config, rules }: Report): string[] =>
  (config.digest?.alerts ?? []).flatMap(({ ruleFailed }) =>
    ruleFailed && !Object.hasOwn(rules, ruleId(ruleFailed.rule)) ? [ruleFailed.rule] : [],
  );

function alertOf(alert: AlertRule, report: Report, span: Range): Alert | undefined {
  const { criticalFailed, ruleFailed, passedBelow, targetMissed } = alert;
  if (criticalFailed !== undefined)
    return failedAlert(report, span, criticalFailed, {
      what: 'critical rule',
      failed: ({ counts }) => totals(counts, report.columns).criticalFailed ?? 0,
      filter: { critical: true },
    });
  if (ruleFailed !== undefined) {
    const id = ruleId(ruleFailed.rule);
    return failedAlert(report, span, ruleFailed.calls, {
      what: clean(report.rules[id]?.name ?? ruleFailed.rule, NAME_LENGTH),
      failed: ({ rules }) => failedOf(rules[id] ?? { evaluated: 0, passed: 0 }),
      filter: { rule: [id] },
    });
  }
  if (passedBelow !== undefined) return belowAlert(report, span, passedBelow);
  return targetMissed === undefined ? undefined : missedAlert(report, span, targetMissed);
}

interface Failure {
  what: string;
  failed: (cell: Cell) => number;
  filter: CallFilter;
}

/** "critical rule failed on 4 calls"; of a longer span "critical rule failed on 4 calls on Tue 24 Mar", "critical rule failed on 3 calls or more on 2 days: Tue 24 Mar (4), Fri 27 Mar (3)". */
function failedAlert(report: Report, span: Range, least: number, { what, failed, filter }: Failure): Alert | undefined {
  const { sums, site } = report;
  const days = daysBetween(span.from, span.to)
    .map((day) => ({ day, n: failed(sums.day(day)) }))
    .filter(({ n }) => n >= least);
  const all = days.reduce((sum, { n }) => sum + n, 0);
  if (all === 0) return undefined;
  const calls = (n: number) => counted(n, 'call', site.locale);
  const isDay = span.from === span.to;
  const [one] = days;
  const said =
    one && days.length === 1
      ? `${what} failed on ${calls(one.n)}${isDay ? '' : ` on ${dayWords(one.day, site)}`}`
      : `${what} failed on ${calls(least)} or more on ${counted(days.length, 'day', site.locale)}`;
  const named = days.slice(0, NAMED_DAYS).map(({ day, n }) => `${dayWords(day, site)} (${count(n, site.locale)})`);
  const more = days.length > NAMED_DAYS ? ` and ${days.length - NAMED_DAYS} more` : '';
  return {
    text: `${capital(said)}${days.length === 1 ? '' : `: ${named.join(', ')}${more}`}`,
    ...(all > 1 && { subject: said }),
    filter: { ...span, ...filter },
  };
}

/** "72.1% of 89 evaluated calls passed, below 75%". */
function belowAlert(report: Report, span: Range, least: number): Alert | undefined {
  const { sums, site, columns } = report;
  const { qaEvaluated = 0, qaPassRate } = totals(sums.all(span).counts, columns);
  if (qaPassRate === undefined || !isEnough(fewest(site), qaEvaluated) || isMet(qaPassRate, least)) return undefined;
  const mark = shareTarget(least, site.locale);
  return {
    text: `${share(qaPassRate, site.locale)} of ${count(qaEvaluated, site.locale)} evaluated calls passed, below ${mark}`,
    subject: `passed below ${mark}`,
    filter: { ...span, qa: ['failed'] },
  };
}

/** "QA passed missed its target of 85% in 2 weeks running: 81.2% in 9 – 15 Nov, 79.9% in 16 – 22 Nov". */
function missedAlert(report: Report, span: Range, weeks: number): Alert | undefined {
  const { sums, site, columns, first } = report;
  const target = site.targets?.qaPassed;
  if (target === undefined || first === undefined) return undefined;
  const last = lastWeekEnd(span.to, site.weekStart);
  const spans = Array.from({ length: weeks }, (_, i) => ({
    from: addDays(last, -6 - 7 * (weeks - 1 - i)),
    to: addDays(last, -7 * (weeks - 1 - i)),
  }));
  const rates = spans.map((week) => {
    const { qaEvaluated, qaPassRate } = totals(sums.all(week).counts, columns);
    return week.from >= first && isEnough(fewest(site), qaEvaluated) ? qaPassRate : undefined;
  });
  if (rates.some((rate) => rate === undefined || isMet(rate, target))) return undefined;
  const place = { locale: englishLocaleOf(site.locale), year: site.year };
  const mark = shareTarget(target, site.locale);
  const running = weeks === 1 ? 'last week' : `${weeks} weeks running`;
  const each = spans.map(({ from, to }, i) => `${share(rates[i] ?? 0, site.locale)} in ${spanAt(from, to, place)}`);
  return {
    text: `QA passed missed its target of ${mark} ${weeks === 1 ? 'in the week' : `in ${running}`}: ${each.join(', ')}`,
    subject: `target of ${mark} missed ${running}`,
    filter: { from: spans[0]?.from ?? span.from, to: last, qa: ['failed'] },
  };
}

/** The last day of the last calendar week that is over on a day. */
function lastWeekEnd(day: string, weekStart = 1): string {
  const [first, last] = weekOf(day, weekStart);
  return last === day ? day : addDays(first, -1);
}

const capital = (text: string): string => text.charAt(0).toLocaleUpperCase('en') + text.slice(1);
