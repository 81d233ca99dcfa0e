import { type CallFilter, callsHref } from '../../site/lib/call-filter.ts';
import { addDays } from '../../site/lib/days.ts';
import { day, dayAndYear, localDay, moment } from '../../site/lib/format.ts';
import { foldAgents, foldCells } from '../days/fold.ts';
import type { Call } from '../model.ts';
import { accentsOf, textOn } from '../report/brand.ts';
import { totals } from '../report/figures.ts';
import { dayLead } from '../report/lead.ts';
import { dayTotals } from '../report/overview.ts';
import type { Report } from '../report/report.ts';
import { ruleLines } from '../report/rules.ts';
import type { Phrase, SiteView } from '../report/view.ts';
import type { DigestRecipient, TenantConfig } from '../tenant-config.ts';
import { callsToHear } from './calls.ts';
import { toCoach } from './coach.ts';
import { lateNote, standingOf } from './covered.ts';
import { dayFigures } from './figures.ts';
import { type CallLinks, callLinksOf, filterOf, type Links, linksOf, spanLinksOf } from './links.ts';
import { biggestMovers } from './movers.ts';
import { criticalViews, ruleViews } from './rules.ts';
import { scopedCalls, scopedReport, scopeName } from './scope.ts';
import { lateSubject, subjectOf } from './subject.ts';
import { trendOf } from './trend.ts';
import { trustLines } from './trust.ts';
import { clean, type DigestView, finite } from './view.ts';

const TREND_DAYS = 28;

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

/** Whether the recipient's calls of the day are none. */
export const isQuiet = ({ report, recipient, calls }: DigestInput): boolean =>
  scopedCalls(report, recipient.scope, calls).length === 0;

/** One recipient's digest, computed from the calls of the recipient's scope. Pure. */
export function composeDigest(input: DigestInput): DigestView {
  const { org, date, recipient } = input;
  const links = linksOf(input.siteUrl, org, recipient.member);
  const report = scopedReport(input.report, recipient.scope);
  const { config, columns } = report;
  const site = { ...report.site, name: clean(report.site.name, 80) };
  const past = addDays(date, -7);
  const [cubes, cubesBefore] = [[report.days.get(date)], [report.days.get(past)]];
  const [cell, cellBefore] = [foldCells(cubes), foldCells(cubesBefore)];
  const [now, before] = [finite(totals(cell.counts, columns)), finite(totals(cellBefore.counts, columns))];
  const rules = ruleLines(report, cell, cellBefore, foldAgents(cubes));
  const scope = scopeName(report, recipient.scope);
  const quiet = now.calls === 0;
  const late = standingOf(input.report, date) === 'late';
  const doors = (filter: CallFilter) => callsHref({ ...filterOf(recipient.scope), ...filter });
  const [toCalls, toPast] = [date, past].map((day) => callLinksOf(links, day, recipient.scope)) as [
    CallLinks,
    CallLinks,
  ];
  const toSpan = spanLinksOf(links, recipient.scope);
  const ofAgent = recipient.scope !== 'all' && 'agent' in recipient.scope;
  const hear = callsToHear(report, scopedCalls(report, recipient.scope, input.calls), links, !ofAgent);
  return {
    subject: quiet && late ? lateSubject(site, date, scope) : subjectOf(site, date, past, now, before, rules, scope),
    preheader: preheader(site, date, quiet ? 0 : hear.total),
    accent: accent(config),
    name: site.name,
    initial: Array.from(site.name)[0]?.toLocaleUpperCase(site.locale) ?? '',
    date: dayAndYear(date, site.locale),
    scope: scope === null ? null : clean(`Calls of ${scope}`),
    ...leadOf(quiet && late ? lateLead(site, date) : dayLead(site, date, now, before, rules, doors), links),
    note: quiet ? (late ? lateNote(input.report, date) : quietNote(report, date)) : null,
    critical: criticalViews(rules, site, toCalls, toPast),
    compared:
      before.calls > 0 ? `against ${day(past, site.locale)}` : `no calls on ${day(past, site.locale)} to compare with`,
    comparedHref: before.calls > 0 ? toPast({}) : null,
    figures: quiet ? [] : dayFigures(now, before, site, toCalls, toPast),
    callsNote: `ranked as on the site, ${hear.calls.length} of ${hear.total}`,
    scored: hear.calls.some(({ score }) => score !== null),
    calls: hear.calls,
    rules: ruleViews(rules, site, toCalls, toPast, !ofAgent),
    movers: quiet ? [] : biggestMovers(report, date, toSpan),
    moversNote: `QA passed, 7 days to ${day(date, site.locale)} against the 7 before`,
    coach: quiet ? [] : toCoach(report, date, toSpan, !ofAgent),
    coachTitle: ofAgent ? 'To work on' : 'Agents to coach',
    coachHeading: ofAgent ? 'TO WORK ON' : 'AGENTS TO COACH',
    coachNote: `weakest rules${ofAgent ? '' : ' by agent'}, 28 days to ${day(date, site.locale)}`,
    trend: quiet ? null : trendOf(finite(dayTotals(report, { from: addDays(date, 1 - TREND_DAYS), to: date })), site),
    open: recipient.scope === 'all' ? links(`/?from=${date}&to=${date}`) : toCalls({}),
    stop: input.stop ?? null,
    trust: trustLines(site, date, now, report.trust, scope),
  };
}

const lateLead = (site: SiteView, date: string): Phrase => [`No call of ${day(date, site.locale)} has arrived yet.`];

function leadOf(phrase: Phrase, links: Links): Pick<DigestView, 'lead' | 'leadText'> {
  const lead = phrase.map((part) =>
    typeof part === 'string'
      ? { text: inline(part), strong: false, href: null }
      : {
          text: inline(part.text),
          strong: part.strong === true,
          href: part.href === undefined ? null : links(part.href),
        },
  );
  return { lead, leadText: lead.map(({ text }) => text).join('') };
}

/** As `clean`, but the spaces at the ends part one piece of the sentence from the next. */
const inline = (text: string): string =>
  text.trim() === '' ? ' ' : `${/^\s/.test(text) ? ' ' : ''}${clean(text)}${/\s$/.test(text) ? ' ' : ''}`;

function preheader(site: SiteView, date: string, toHear: number): string {
  const hear = toHear > 0 ? `: ${toHear} ${toHear === 1 ? 'call needs' : 'calls need'} attention` : '';
  return `${site.name}, ${day(date, site.locale)}${hear}`;
}

function accent(config: TenantConfig): DigestView['accent'] {
  const { light, dark } = accentsOf(config.brand.accent);
  return { light, onLight: textOn(light), dark, onDark: textOn(dark) };
}

/** Says what can be known: a day before the newest call was quiet, a later one may be. */
function quietNote({ trust, site }: Report, date: string): string {
  if (trust.dataTo === undefined) return 'There is no call in the data yet.';
  const dataTo = moment(trust.dataTo, site);
  return localDay(trust.dataTo, site.timeZone) > date
    ? `The data runs to ${dataTo}, so this was a quiet day, not a late one.`
    : `The newest call in the data began on ${dataTo}.`;
}
