import type { Range } from '#shared/calendar/range.ts';
import { dayLead, periodLead } from '#shared/figures/lead.ts';
import type { FigureLinks } from '#shared/figures/lead-parts.ts';
import { dayTotals } from '#shared/figures/overview.ts';
import { callsHref } from '#shared/filter/filter.ts';
import { dayAndYear } from '#shared/format/format.ts';
import { isEnough } from '#shared/format/rate.ts';
import type { Call } from '#shared/model.ts';
import type { Phrase, SiteView } from '#shared/view.ts';
import type { Report } from '../../report/report.ts';
import type { DigestRecipient } from '../../tenants/digest-config.ts';
import { type Scope, scopedCalls, scopedReport } from '../recipients/scope.ts';
import { dayWords } from '../schedule/dates.ts';
import { lateNote, quietNote } from '../schedule/standing.ts';
import { alertsOf, alertViews } from './alerts.ts';
import { callsToHear, worstOf } from './calls.ts';
import { toCoach } from './coach.ts';
import { type DayFacts, dayFactsOf } from './day-facts.ts';
import { dayFigures } from './figures.ts';
import { frameOf, leadOf, preheader } from './frame.ts';
import { callLinksOf, filterOf, hearLinksOf, linksOf, openOf, spanLinksOf } from './links.ts';
import { biggestMovers, movedOf } from './movers.ts';
import { criticalViews, ruleViews } from './rules.ts';
import { subjectOf } from './subject.ts';
import { trendOf } from './trend.ts';
import { trustLines } from './trust.ts';
import { clean, type DigestView, finite } from './view.ts';
import { spanTo } from './week.ts';

/** Of what looks further back than a week. */
const DAYS = 28;

export interface DigestInput {
  org: string;
  report: Report;
  /** Local day that the digest is about. */
  date: string;
  /** All calls of that day, whatever the recipient's scope. */
  calls: readonly Call[];
  recipient: Pick<DigestRecipient, 'scope' | 'member'>;
  siteUrl?: string;
  /** Where the recipient ends the digest: https or mailto. */
  stop?: string;
}

/** Whether a recipient has no call of some days. */
export const isQuiet = (report: Report, scope: Scope, span: Range): boolean =>
  scopedReport(report, scope).sums.all(span).counts.calls === 0;

/** One recipient's digest, computed from the calls of the recipient's scope. Pure. */
export function composeDigest(input: DigestInput): DigestView {
  const { org, date, recipient } = input;
  const links = linksOf(input.siteUrl, org, recipient.member);
  const facts = dayFactsOf(input.report, date, recipient.scope);
  const { whole, report, site, past, first, now, before, rules, scope, quiet, late, silence } = facts;
  const figureLinks: FigureLinks = (filter) => callsHref({ ...filterOf(recipient.scope), ...filter });
  const toSpan = spanLinksOf(links, recipient.scope);
  const own = { from: date, to: date };
  const toCalls = callLinksOf(toSpan, own);
  const toPast = callLinksOf(toSpan, { from: past, to: past });
  const ofAgent = recipient.scope !== 'all' && 'agent' in recipient.scope;
  const hear = worstOf(report, scopedCalls(report, recipient.scope, input.calls));
  const calls = callsToHear(report, hear, hearLinksOf(links, recipient.scope, own), !ofAgent);
  const on = dayWords(date, site);
  const compared =
    before.calls > 0 ? `against ${dayWords(past, site)}` : `no calls on ${dayWords(past, site)} to compare with`;
  const alerts = quiet ? [] : alertsOf(report, own);
  const failing = ruleViews(rules, site, toCalls, toPast, !ofAgent);
  const month = spanTo(date, DAYS, first);
  return {
    subject: subjectOf(facts, alerts),
    preheader: preheader(site, on, quiet ? 0 : hear.total),
    ...frameOf(site, report.config, 'daily'),
    date: dayAndYear(date, site.locale),
    scope: scope === null ? null : clean(`Calls of ${scope}`),
    alerts: alertViews(alerts, toSpan),
    ...leadOf(late ? lateLead(site, date) : dayLead(site, date, now, before, rules, figureLinks), links),
    note: quiet ? (late ? lateNote : quietNote)(whole, date, silence) : weekNote(facts, ofAgent),
    critical: criticalViews(rules, site, `on ${dayWords(past, site)}`, toCalls, toPast),
    compared,
    comparedHref: before.calls > 0 ? toPast({}) : null,
    figures: quiet ? [] : dayFigures(now, before, site, toCalls, toPast),
    callsNote: `ranked as on the site, ${calls.length} of ${hear.total}`,
    scored: calls.some(({ score }) => score !== null),
    calls,
    rules: failing,
    rulesNote: failing.some(({ change }) => change !== null) ? compared : null,
    movers: quiet || ofAgent ? [] : biggestMovers(report, ...movedOf(date, first), toSpan),
    moversNote: `QA passed, 7 days to ${on} against the 7 before`,
    coach: quiet ? [] : toCoach(report, month, toSpan, !ofAgent),
    coachTitle: ofAgent ? 'To work on' : 'Agents to coach',
    coachHeading: ofAgent ? 'TO WORK ON' : 'AGENTS TO COACH',
    coachNote: `weakest rules${ofAgent ? '' : ' by agent'}, ${month.days} ${month.days === 1 ? 'day' : 'days'} to ${on}`,
    trend: quiet ? null : trendOf(finite(dayTotals(report, month)), site),
    open: openOf(links, recipient.scope, own),
    stop: input.stop ?? null,
    trust: trustLines(site, `Day: ${on}`, now, report.trust, scope),
  };
}

const lateLead = (site: SiteView, date: string): Phrase => [`No call of ${dayWords(date, site)} has arrived yet.`];

/**
 * The seven days, in the sentence that the QA page has of a period: for one agent, and where the day has too few calls for a share. Then the subject is
 * about them too.
 */
function weekNote({ site, date, now, week }: DayFacts, ofAgent: boolean): string | null {
  const few = !isEnough(site.minimumN, now.qaEvaluated);
  if (!(few || ofAgent) || !isEnough(site.minimumN, week.now.qaEvaluated)) return null;
  const window = { from: week.from, to: week.to, days: week.days, before: week.past };
  const sentence = periodLead(site, window, week.now, week.before, week.rules);
  const days = week.days === 1 ? '1 day' : `${week.days} days`;
  return `${days} to ${dayWords(date, site)}: ${sentence.map((part) => (typeof part === 'string' ? part : part.text)).join('')}`;
}
