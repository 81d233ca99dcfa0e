import { lengthOf } from '#shared/calendar/range.ts';
import { periodLead } from '#shared/figures/lead.ts';
import type { FigureLinks } from '#shared/figures/lead-parts.ts';
import { dayTotals } from '#shared/figures/overview.ts';
import { callsHref } from '#shared/filter/filter.ts';
import { count, counted, decimal } from '#shared/format/format.ts';
import type { Phrase } from '#shared/view.ts';
import { dayWords } from '../schedule/dates.ts';
import { PERIODS } from '../schedule/issue.ts';
import { latePeriodNote } from '../schedule/standing.ts';
import { alertsOf, alertViews } from './alerts.ts';
import { callsToHear } from './calls.ts';
import { toCoach } from './coach.ts';
import type { DigestInput } from './compose.ts';
import { dayFigures } from './figures.ts';
import { frameOf, leadOf, preheader } from './frame.ts';
import { type HeardByAgent, heardOf } from './heard.ts';
import { callLinksOf, filterOf, hearLinksOf, linksOf, openOf, spanLinksOf } from './links.ts';
import { biggestMovers } from './movers.ts';
import { type PeriodFacts, type PeriodIssue, periodFactsOf } from './period-facts.ts';
import { periodSubject } from './period-subject.ts';
import { criticalViews, ruleViews } from './rules.ts';
import { trendOf } from './trend.ts';
import { trustLines } from './trust.ts';
import { clean, type DigestView, finite } from './view.ts';
import { spanTo } from './week.ts';

/** Of what looks further back than a week. */
const DAYS = 28;

export interface PeriodInput extends Omit<DigestInput, 'calls' | 'date'> {
  issue: PeriodIssue;
  /** What needs attention of all its calls, whatever the recipient's scope. */
  heard: HeardByAgent;
}

/** One recipient's weekly or monthly digest, computed from the calls of the recipient's scope. Pure. */
export function composePeriod({ org, report: all, issue, recipient, heard, siteUrl, stop }: PeriodInput): DigestView {
  const links = linksOf(siteUrl, org, recipient.member);
  const facts = periodFactsOf(all, issue, recipient.scope);
  const { report, site, span, window, first, now, before, rules, scope, quiet } = facts;
  const own = { from: window.from, to: window.to };
  const toSpan = spanLinksOf(links, recipient.scope);
  const toCalls = callLinksOf(toSpan, own);
  const toPast = callLinksOf(toSpan, window.before ?? own);
  const ofAgent = recipient.scope !== 'all' && 'agent' in recipient.scope;
  const attention = heardOf(report, recipient.scope, heard);
  const calls = callsToHear(report, attention, hearLinksOf(links, recipient.scope, own), !ofAgent, true);
  const compared = facts.compared === null ? 'nothing to compare with yet' : `against ${facts.compared}`;
  const isComparable = before.calls > 0;
  const alerts = quiet ? [] : alertsOf(report, own);
  const failing = ruleViews(rules, site, toCalls, toPast, !ofAgent);
  const charted = issue.kind === 'weekly' ? spanTo(issue.date, DAYS, first) : { ...own, days: lengthOf(own) };
  const figureLinks: FigureLinks = (filter) => callsHref({ ...filterOf(recipient.scope), ...filter });
  return {
    subject: periodSubject(facts, alerts),
    preheader: preheader(site, facts.when, quiet ? 0 : attention.total),
    ...frameOf(site, report.config, issue.kind),
    date: facts.title,
    scope: scope === null ? null : clean(`Calls of ${scope}`),
    alerts: alertViews(alerts, toSpan),
    ...leadOf(sentenceOf(facts, figureLinks), links),
    note: noteOf(facts),
    critical: criticalViews(rules, site, `in the ${PERIODS[issue.kind]} before`, toCalls, toPast),
    compared,
    comparedHref: isComparable ? toPast({}) : null,
    figures: quiet ? [] : dayFigures(now, before, site, toCalls, toPast, { window, yearBefore: facts.yearBefore }),
    callsNote: `ranked as on the site, ${calls.length} of ${count(attention.total, site.locale)}`,
    scored: calls.some(({ score }) => score !== null),
    calls,
    rules: failing,
    rulesNote: failing.some(({ change }) => change !== null) ? compared : null,
    movers: quiet || ofAgent ? [] : biggestMovers(report, own, window.before, toSpan),
    moversNote: `QA passed, ${compared}`,
    coach: quiet ? [] : toCoach(report, charted, toSpan, !ofAgent),
    coachTitle: ofAgent ? 'To work on' : 'Agents to coach',
    coachHeading: ofAgent ? 'TO WORK ON' : 'AGENTS TO COACH',
    coachNote: `weakest rules${ofAgent ? '' : ' by agent'}, ${charted.days} ${charted.days === 1 ? 'day' : 'days'} to ${dayWords(issue.date, site)}`,
    trend: quiet ? null : trendOf(finite(dayTotals(report, charted)), site),
    open: openOf(links, recipient.scope, span),
    stop: stop ?? null,
    trust: trustLines(site, facts.title, now, report.trust, scope),
  };
}

function sentenceOf(facts: PeriodFacts, links: FigureLinks): Phrase {
  const { site, window, when, now, before, rules, quiet, late } = facts;
  if (quiet) return [late ? `No call of ${when} has arrived yet.` : `No calls in ${when}.`];
  const told = periodLead(site, window, now, before, rules, links, `In ${when}, `);
  return told.length > 0 ? told : volumeSentence(facts, links);
}

/** Where nothing was evaluated: "In March 2026 there were 1,240 calls, 40 a day, up from 38.5 a day in February 2026." */
function volumeSentence({ site, window, when, now, before, compared }: PeriodFacts, links: FigureLinks): Phrase {
  const calls = counted(now.calls, 'call', site.locale);
  const inWords = (perDay: number) => `${decimal(perDay, site.locale)} a day`;
  const own = now.calls / window.days;
  const was = window.before && before.calls > 0 ? before.calls / lengthOf(window.before) : undefined;
  const change = (from: number) =>
    inWords(from) === inWords(own)
      ? `, as in ${compared}`
      : `, ${own > from ? 'up' : 'down'} from ${inWords(from)} in ${compared}`;
  return [
    `In ${when} there ${now.calls === 1 ? 'was' : 'were'} `,
    { text: calls, strong: true, href: links({ from: window.from, to: window.to }) },
    `${site.hasQa ? ', none evaluated' : ''}, ${inWords(own)}${was === undefined ? '' : change(was)}.`,
  ];
}

/** What is missing of the period: days that are late, and days before the data begins. */
function noteOf({ whole, site, span, window, quiet, late, silence, first }: PeriodFacts): string | null {
  if (late) return latePeriodNote(whole, silence, quiet);
  if (first !== undefined && window.from > span.from) return `The data begins on ${dayWords(first, site)}.`;
  return null;
}
