import { daysBetween } from '#shared/calendar/days.ts';
import type { Range } from '#shared/calendar/range.ts';
import type { Cell } from '#shared/counts/cube.ts';
import { totals } from '#shared/figures/totals.ts';
import type { CallFilter } from '#shared/filter/filter.ts';
import { count, counted, share } from '#shared/format/format.ts';
import { failedOf, isEnough } from '#shared/format/rate.ts';
import { isMet, shareTarget } from '#shared/format/target.ts';
import { ruleId } from '../../normalize/rules.ts';
import type { Report } from '../../report/report.ts';
import type { AlertRule } from '../../tenants/alerts.ts';
import { dayWords } from '../schedule/dates.ts';
import { type Alert, MOST_NAMED } from './alert.ts';
import type { SpanLinks } from './links.ts';
import { missedAlerts } from './missed-targets.ts';
import { fewest, NAME_LENGTH } from './subject.ts';
import { clean, type DigestView } from './view.ts';

/**
 * The configured alerts that are so, in the order of the configuration.
 * @param report of the recipient's scope
 * @param span the day, week or month of the digest
 */
export function alertsOf(report: Report, span: Range): Alert[] {
  const alerts = report.config.digest?.alerts ?? [];
  return alerts.flatMap((alert) =>
    alert.targetMissed ? missedAlerts(alert.targetMissed, report, span) : (alertOf(alert, report, span) ?? []),
  );
}

/** As the mail tells them. */
export const alertViews = (alerts: readonly Alert[], toSpan: SpanLinks): DigestView['alerts'] =>
  alerts.map(({ text, filter: { from, to, ...filter } }) => ({ text, href: toSpan({ from, to }, filter) }));

function alertOf(alert: AlertRule, report: Report, span: Range): Alert | undefined {
  const { criticalFailed, ruleFailed, passedBelow } = alert;
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
  return passedBelow === undefined ? undefined : belowAlert(report, span, passedBelow);
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
  const named = days.slice(0, MOST_NAMED).map(({ day, n }) => `${dayWords(day, site)} (${count(n, site.locale)})`);
  const more = days.length > MOST_NAMED ? ` and ${days.length - MOST_NAMED} more` : '';
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

const capital = (text: string): string => text.charAt(0).toLocaleUpperCase('en') + text.slice(1);
