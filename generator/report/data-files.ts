import { emptyCell } from '#shared/counts/fold.ts';
import { EVER } from '#shared/counts/sums.ts';
import { agentLines } from '#shared/figures/agents.ts';
import { ruleLines } from '#shared/figures/rules.ts';
import { callsByDay, type SiteData } from '#shared/figures/site-data.ts';
import { sums, totals } from '#shared/figures/totals.ts';
import { rateOf } from '#shared/format/rate.ts';
import type { OverviewData } from '#shared/view.ts';
import type { State } from '../days/state.ts';
import { MOST_TOLD } from './first-of.ts';
import type { Report } from './report.ts';
import type { Notes } from './tell.ts';
import { waitingView } from './waiting.ts';

/** `data/overview.json`: the organization over all of its data. */
export function overviewData(report: Report): OverviewData {
  const { days, day, all } = report.sums;
  const [from, to] = [days[0], days.at(-1)];
  const { timeZone } = report.config;
  const { transcribedNotAnalysed, undated } = report.trust;
  return {
    period: from !== undefined && to !== undefined ? { from, to, timeZone } : { timeZone },
    totals: { ...totals(all(EVER).counts, report.columns), transcribedNotAnalysed, undated },
    days: days.map((date) => ({ date, ...sums(day(date).counts, report.columns) })),
  };
}

/** `data/agents.json`: one entry an agent over all of the data; the unknown one has id null. */
export function agentsData(report: Report) {
  return {
    agents: agentLines(report, report.sums.agents(EVER), new Map()).map(({ agent, totals: figures, ranked }) => ({
      id: agent.id,
      name: agent.name,
      team: agent.team,
      path: agent.href,
      ranked,
      ...figures,
    })),
  };
}

/** `data/rules.json`: one entry a rule over all of the data, worst first. */
export function rulesData(report: Report) {
  return {
    rules: ruleLines(report, report.sums.all(EVER), emptyCell()).map(
      ({ id, name, category, weight, critical, evaluated, passed }) => ({
        id,
        name,
        category,
        weight,
        critical,
        evaluated,
        passed,
        passRate: rateOf({ evaluated, passed }),
      }),
    ),
  };
}

/** `data/site.json`: see `SiteData`. */
export function siteData(report: Report): SiteData {
  const { site, columns, agents, teams, rules, critical, dimensions, window, trust, attention } = report;
  return {
    site,
    columns,
    agents,
    teams,
    rules: Object.fromEntries(
      Object.entries(rules).map(([id, { name, category, weight }]) => [id, { name, category, weight }]),
    ),
    critical: [...critical],
    dimensions,
    window,
    trust,
    days: callsByDay(report.sums),
    views: report.config.views,
    usual: attention.usual,
  };
}

/** `data/status.json`: what was read and what was not. Holds only what follows from the input. */
export function statusData(report: Report, { waiting }: Pick<State, 'waiting'>, { refused, remarks }: Notes) {
  const { trust, folded, troubles, sheetColumns, missingColumns, unknownRules } = report;
  return {
    ...trust,
    newestProcessing: folded.processed,
    refusedObjects: refused.lines,
    refusedMore: refused.more,
    refusedByCode: refused.codes,
    remarks: remarks.lines.map(({ href: _href, ...remark }) => remark),
    remarksMore: remarks.more,
    remarksByCode: remarks.codes,
    troubles: troubles.map((trouble, i) => ({ ...trouble, text: trust.troubles?.[i] })),
    unreadColumns: sheetColumns.slice(0, MOST_TOLD),
    unreadColumnsMore: Math.max(0, sheetColumns.length - MOST_TOLD),
    missingColumns,
    ...(unknownRules.length > 0 && { unknownRules }),
    ...(waiting && { pipeline: waitingView(waiting, report.config) }),
  };
}
