import { addDays } from '../../site/lib/days.ts';
import { foldAgents, foldCells } from '../days/fold.ts';
import { daysBetween } from '../lib/time.ts';
import type { Call } from '../model.ts';
import { agentLines, failures, positiveShare, topAgents } from './agents.ts';
import { rankAttention } from './attention.ts';
import { totals } from './figures.ts';
import { dayLead } from './lead.ts';
import { callLine, cubesIn, type Report } from './report.ts';
import { ruleLines } from './rules.ts';
import type { DayTotals, OverviewPage } from './view.ts';

/** Calls that "Hear these first" lists. */
const ATTENTION_LIMIT = 7;

/** Each day of a span with its figures; days without calls count 0. */
export function dayTotals(
  report: Report,
  span: { from: string; to: string } | undefined,
  isWanted?: (agent: string) => boolean,
): DayTotals[] {
  if (!span) return [];
  return daysBetween(span.from, span.to).map((date) => ({
    date,
    ...totals(foldCells([report.days.get(date)], isWanted).counts, report.columns),
  }));
}

/** @param lastDayCalls the calls of the window's last day */
export function overviewPage(report: Report, lastDayCalls: readonly Call[]): OverviewPage {
  const { window, columns, site, config } = report;
  const cubes = cubesIn(report, window);
  const cubesBefore = cubesIn(report, window?.before);
  const [now, before] = [foldCells(cubes), foldCells(cubesBefore)];
  const agents = foldAgents(cubes);
  const lines = agentLines(report, agents, foldAgents(cubesBefore));
  const ranked = rankAttention(lastDayCalls, report.attention);
  return {
    kind: 'overview',
    path: '/',
    title: 'Overview',
    site,
    window,
    lead: window
      ? lastDayLead(report, window.to)
      : report.trust.read > 0
        ? ['No call has a start time yet, so no day can be shown.']
        : [],
    totals: totals(now.counts, columns),
    before: totals(before.counts, columns),
    days: dayTotals(report, window),
    attention: {
      day: window?.to,
      total: ranked.length,
      calls: ranked.slice(0, ATTENTION_LIMIT).map(({ call, reasons }) => callLine(report, call, reasons)),
    },
    rules: ruleLines(report, now, before, agents),
    mostCalls: topAgents(
      lines,
      (own) => own.calls,
      (own) => own.calls >= config.minimumN,
    ),
    mostPositive: topAgents(lines, positiveShare, (own) => (own.sentimentAnalysed ?? 0) >= config.minimumN),
    mostFailures: topAgents(lines, failures, (own) => (own.qaEvaluated ?? 0) >= config.minimumN),
    agentCount: lines.filter(({ agent }) => agent.id !== null).length,
    trust: report.trust,
  };
}

/** The last day against the same weekday a week before. */
function lastDayLead(report: Report, day: string) {
  const [today, weekBefore] = [[report.days.get(day)], [report.days.get(addDays(day, -7))]];
  const [now, before] = [foldCells(today), foldCells(weekBefore)];
  const rules = ruleLines(report, now, before, foldAgents(today));
  return dayLead(report.site, day, totals(now.counts, report.columns), totals(before.counts, report.columns), rules);
}
