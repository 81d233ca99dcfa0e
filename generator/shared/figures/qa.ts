import { addDays, daysBetween, weeks } from '../calendar/days.ts';
import type { Cell } from '../counts/cube.ts';
import { type Checks, isEnough, rateOf } from '../format/rate.ts';
import type { MatrixRow, QaPage, RuleLine } from '../view.ts';
import { agentOf, type Dataset, linksOf } from './dataset.ts';
import { periodLead } from './lead.ts';
import { topicSentence } from './lead-topic.ts';
import { dayTotals } from './overview.ts';
import { rateOrAll, ruleLines } from './rules.ts';
import { teamCells } from './teams.ts';
import { totals } from './totals.ts';

/** Weeks that a rule's trend shows at most. */
const TREND_WEEKS = 8;

const NO_CHECKS: Checks = { evaluated: 0, passed: 0 };

export function qaPage(dataset: Dataset): QaPage {
  const { window, columns, site, sums, only } = dataset;
  const [now, before] = [sums.all(window), sums.all(window?.before)];
  const [agents, agentsBefore] = [sums.agents(window), sums.agents(window?.before)];
  const weekly = weeklyRules(dataset);
  const rules = ruleLines(dataset, now, before, agents).map((rule) => ({
    ...rule,
    trend: weekly.map((week) => enoughRate(week[rule.id], site.minimumN)),
  }));
  const figures = totals(now.counts, columns);
  const figuresBefore = totals(before.counts, columns);
  return {
    kind: 'qa',
    path: '/qa/',
    title: 'QA',
    site,
    window,
    only,
    lead: window
      ? [
          ...periodLead(site, window, figures, figuresBefore, rules, linksOf(dataset)),
          ...topicSentence(dataset, window, window.before),
        ]
      : [],
    totals: figures,
    before: figuresBefore,
    days: dayTotals(dataset, window),
    rules,
    categories: categories(rules),
    matrix: weakestFirst(agentRows(dataset, agents, agentsBefore, rules)),
    teams: weakestFirst(teamRows(dataset, agents, agentsBefore, rules)),
    trust: dataset.trust,
  };
}

/** What came of each rule by week: as many weeks as the period and the one before it have, at most eight. */
function weeklyRules(dataset: Dataset): Cell['rules'][] {
  const { window, sums } = dataset;
  if (!window) return [];
  const days = daysBetween(addDays(window.to, 1 - 7 * TREND_WEEKS), window.to);
  const earliest = [window.before?.from ?? window.from, dataset.first ?? window.from].sort().at(-1) as string;
  return weeks(days.filter((day) => day >= earliest)).map(
    (week) => sums.all({ from: week[0] as string, to: week.at(-1) as string }).rules,
  );
}

/** A week with too few calls of a rule is no step of its trend. */
const enoughRate = (checks: Checks = { evaluated: 0, passed: 0 }, minimumN: number): number | undefined =>
  isEnough(minimumN, checks.evaluated) ? rateOf(checks) : undefined;

/** Rule checks by category, worst first; rules without one are left out. */
function categories(rules: readonly RuleLine[]): QaPage['categories'] {
  const byName = new Map<string, QaPage['categories'][number]>();
  for (const { category, evaluated, passed, before } of rules) {
    if (category === undefined) continue;
    const line = byName.get(category) ?? {
      name: category,
      rules: 0,
      evaluated: 0,
      passed: 0,
      before: { evaluated: 0, passed: 0 },
    };
    byName.set(category, line);
    line.rules++;
    line.evaluated += evaluated;
    line.passed += passed;
    line.before.evaluated += before.evaluated;
    line.before.passed += before.passed;
  }
  return [...byName.values()].sort((a, b) => rateOrAll(a) - rateOrAll(b) || (a.name < b.name ? -1 : 1));
}

type Cells = ReadonlyMap<string, Cell>;

/** Known agents by rules. */
function agentRows(dataset: Dataset, now: Cells, before: Cells, rules: readonly RuleLine[]): QaPage['matrix'] {
  return [...now]
    .filter(([id, cell]) => id !== '' && cell.counts.qaEvaluated > 0)
    .map(([id, cell]) => ({ agent: agentOf(dataset, id), ...matrixRow(dataset, cell, before.get(id), rules) }))
    .sort((a, b) => ((a.agent.id ?? '') < (b.agent.id ?? '') ? -1 : 1));
}

/** Teams by rules, by name. */
const teamRows = (dataset: Dataset, now: Cells, before: Cells, rules: readonly RuleLine[]): QaPage['teams'] =>
  teamCells(dataset, now, before)
    .filter((team) => team.now.counts.qaEvaluated > 0)
    .map((each) => ({ team: each.team, ...matrixRow(dataset, each.now, each.before, rules) }));

function matrixRow(
  { columns, site }: Dataset,
  { counts, rules: checks }: Cell,
  before: Cell | undefined,
  rules: readonly RuleLine[],
): MatrixRow {
  return {
    totals: totals(counts, columns),
    ranked: isEnough(site.minimumN, counts.qaEvaluated),
    cells: rules.map(({ id }) => ({ ...(checks[id] ?? NO_CHECKS), before: before?.rules[id] ?? NO_CHECKS })),
  };
}

/** Those with too few calls to be ranked are last; equal ones stay as they are. */
const weakestFirst = <Row extends MatrixRow>(rows: readonly Row[]): Row[] =>
  rows.toSorted(
    (a, b) => Number(b.ranked) - Number(a.ranked) || (a.totals.qaPassRate ?? 1) - (b.totals.qaPassRate ?? 1),
  );
