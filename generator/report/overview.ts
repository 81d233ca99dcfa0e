import { callsHref } from '../../site/lib/call-filter.ts';
import { addDays, daysBetween } from '../../site/lib/days.ts';
import { count } from '../../site/lib/format.ts';
import { foldAgents, foldCells } from '../days/fold.ts';
import { agentLines, failures, positiveShare, topAgents } from './agents.ts';
import { type Counted, cubesIn } from './counted.ts';
import { totals } from './figures.ts';
import { dayLead } from './lead.ts';
import { ruleLines } from './rules.ts';
import type { DayTotals, OverviewPage } from './view.ts';

/** Each day of a span with its figures; days without calls count 0. */
export function dayTotals(
  counted: Counted,
  span: { from: string; to: string } | undefined,
  isWanted?: (agent: string) => boolean,
): DayTotals[] {
  if (!span) return [];
  return daysBetween(span.from, span.to).map((date) => ({
    date,
    ...totals(foldCells([counted.days.get(date)], isWanted).counts, counted.columns),
  }));
}

/**
 * @param attention what needs attention of the calls of the window's last day
 * @param repeatCallers of the seven days that end with it
 */
export function overviewPage(
  counted: Counted,
  attention: OverviewPage['attention'],
  repeatCallers: OverviewPage['repeatCallers'],
): OverviewPage {
  const { window, columns, site } = counted;
  const cubes = cubesIn(counted, window);
  const cubesBefore = cubesIn(counted, window?.before);
  const [now, before] = [foldCells(cubes), foldCells(cubesBefore)];
  const agents = foldAgents(cubes);
  const lines = agentLines(counted, agents, foldAgents(cubesBefore));
  return {
    kind: 'overview',
    path: '/',
    title: 'Overview',
    site,
    window,
    lead: window ? lastDayLead(counted, window.to) : counted.trust.read > 0 ? [undatedLead(counted)] : [],
    totals: totals(now.counts, columns),
    before: totals(before.counts, columns),
    days: dayTotals(counted, window),
    attention,
    repeatCallers,
    rules: ruleLines(counted, now, before, agents),
    mostCalls: topAgents(
      lines,
      (own) => own.calls,
      (own) => own.calls >= site.minimumN,
    ),
    mostPositive: topAgents(lines, positiveShare, (own) => (own.sentimentAnalysed ?? 0) >= site.minimumN),
    mostFailures: topAgents(lines, failures, (own) => (own.qaEvaluated ?? 0) >= site.minimumN),
    agentCount: lines.filter(({ agent }) => agent.id !== null).length,
    trust: counted.trust,
  };
}

/** Where no call has a day: whether its start is missing, or was there and could not be read. */
function undatedLead({ trust: { unreadStarts: n = 0 }, site }: Counted): string {
  if (n === 0) return 'No call has a start time yet, so no day can be shown.';
  return `${count(n, site.locale)} ${n === 1 ? 'start' : 'starts'} could not be read, so no day can be shown.`;
}

/** The last day against the same weekday a week before. */
function lastDayLead(counted: Counted, day: string) {
  const [today, weekBefore] = [[counted.days.get(day)], [counted.days.get(addDays(day, -7))]];
  const [now, before] = [foldCells(today), foldCells(weekBefore)];
  const rules = ruleLines(counted, now, before, foldAgents(today));
  return dayLead(
    counted.site,
    day,
    totals(now.counts, counted.columns),
    totals(before.counts, counted.columns),
    rules,
    callsHref,
  );
}
