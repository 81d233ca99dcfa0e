import { addDays, daysBetween } from '../calendar/days.ts';
import type { Counts } from '../counts/cube.ts';
import { count } from '../format/format.ts';
import { failedOf, qaChecks, ratio } from '../format/rate.ts';
import type { DayTotals, OverviewPage, Phrase, RepeatCallers, Window } from '../view.ts';
import { aboutTable } from './about.ts';
import { agentLines, topAgents } from './agents.ts';
import { type Dataset, linksOf } from './dataset.ts';
import { chosenLead, dayLead } from './lead.ts';
import { topicSentence } from './lead-topic.ts';
import { ruleLines } from './rules.ts';
import { totals } from './totals.ts';

/** Days whose passed and evaluated calls are pooled in a mean. */
const MEAN_DAYS = 7;

/** Each day of a span with its figures; days without calls count 0. The six days before the span count in its means. */
export function dayTotals(dataset: Dataset, span: { from: string; to: string } | undefined): DayTotals[] {
  if (!span) return [];
  const counts = daysBetween(addDays(span.from, 1 - MEAN_DAYS), span.to).map((date) => ({
    date,
    ...dataset.sums.day(date).counts,
  }));
  const meansFrom = dataset.first === undefined ? undefined : addDays(dataset.first, MEAN_DAYS);
  return counts.slice(MEAN_DAYS - 1).map(({ date, ...own }, at) => ({
    date,
    ...totals(own, dataset.columns),
    ...(dataset.columns.qa &&
      meansFrom !== undefined &&
      date >= meansFrom && { passedMean: pooled(counts.slice(at, at + MEAN_DAYS)) }),
  }));
}

/** The days in which calls of one caller were counted: no earlier ones than there are. */
const sinceFirst = (repeated: RepeatCallers, first = repeated.from): RepeatCallers => ({
  ...repeated,
  ...(repeated.from < first && { from: first }),
});

/** Sum of passed over sum of evaluated calls; undefined where none was evaluated. */
function pooled(days: readonly Pick<Counts, 'qaEvaluated' | 'qaPassed'>[]): number | undefined {
  const sum = (of: 'qaEvaluated' | 'qaPassed') => days.reduce((all, day) => all + day[of], 0);
  return ratio(sum('qaPassed'), sum('qaEvaluated'));
}

/**
 * @param attention what needs attention of the calls of the window's last day
 * @param repeatCallers of the seven days that end with it
 */
export function overviewPage(
  dataset: Dataset,
  attention: OverviewPage['attention'],
  repeatCallers: OverviewPage['repeatCallers'],
): OverviewPage {
  const { window, columns, site, sums } = dataset;
  const [now, before] = [sums.all(window), sums.all(window?.before)];
  const agents = sums.agents(window);
  const rules = ruleLines(dataset, now, before, agents);
  const lines = agentLines(dataset, agents, sums.agents(window?.before));
  const of = { totals: totals(now.counts, columns), before: totals(before.counts, columns), rules };
  return {
    kind: 'overview',
    path: '/',
    title: 'Overview',
    site,
    window,
    only: dataset.only,
    lead: window ? leadOf(dataset, window, of) : dataset.trust.read > 0 ? [undatedLead(dataset)] : [],
    ...of,
    yearBefore: window?.yearBefore && totals(sums.all(window.yearBefore).counts, columns),
    days: dayTotals(dataset, window),
    attention,
    repeatCallers: repeatCallers && sinceFirst(repeatCallers, dataset.first),
    about: aboutTable(dataset, 'topic'),
    mostCalls: topAgents(
      lines,
      (own) => own.calls,
      (own) => own.calls >= site.minimumN,
    ),
    mostPositive: topAgents(
      lines,
      (own) => ratio(own.positive, own.sentimentAnalysed),
      (own) => (own.sentimentAnalysed ?? 0) >= site.minimumN,
    ),
    mostFailures: topAgents(
      lines,
      (own) => failedOf(qaChecks(own)),
      (own) => (own.qaEvaluated ?? 0) >= site.minimumN,
    ),
    agentCount: lines.filter(({ agent }) => agent.id !== null).length,
    trust: dataset.trust,
  };
}

/** Where no call has a day: whether its start is missing, or was there and could not be read. */
function undatedLead({ trust: { unreadStarts: n = 0 }, site }: Dataset): string {
  if (n === 0) return 'No call has a start time yet, so no day can be shown.';
  return `${count(n, site.locale)} ${n === 1 ? 'start' : 'starts'} could not be read, so no day can be shown.`;
}

/** The last day of the window that pages are made for, if it has a call; what a period says that somebody has chosen is about all of it. */
function leadOf(dataset: Dataset, window: Window, of: Pick<OverviewPage, 'totals' | 'before' | 'rules'>): Phrase {
  const { site, sums, isChosen } = dataset;
  if (window.days === 1 || (!isChosen && sums.day(window.to).counts.calls > 0)) return lastDayLead(dataset, window.to);
  return [
    ...chosenLead(site, window, of.totals, of.before, of.rules, linksOf(dataset)),
    ...topicSentence(dataset, window, window.before),
  ];
}

/** The last day against the same weekday a week before. */
function lastDayLead(dataset: Dataset, day: string) {
  const { sums } = dataset;
  const [now, before] = [sums.day(day), sums.day(addDays(day, -7))];
  const rules = ruleLines(dataset, now, before, sums.agents({ from: day, to: day }));
  const past = addDays(day, -7);
  return [
    ...dayLead(
      dataset.site,
      day,
      totals(now.counts, dataset.columns),
      totals(before.counts, dataset.columns),
      rules,
      linksOf(dataset),
    ),
    ...topicSentence(dataset, { from: day, to: day }, { from: past, to: past }),
  ];
}
