import type { Range } from '../calendar/range.ts';
import type { Cell } from '../counts/cube.ts';
import { emptyCell } from '../counts/fold.ts';
import type { AgentLine, AgentsPage, Totals } from '../view.ts';
import { agentOf, type Dataset } from './dataset.ts';
import { totals } from './totals.ts';

export function agentsPage(dataset: Dataset): AgentsPage {
  const { site, sums, window, trust } = dataset;
  const together = (span: Range | undefined) => totals(sums.all(span).counts, dataset.columns);
  return {
    kind: 'agents',
    path: '/agents/',
    title: 'Agents',
    site,
    window,
    agents: agentLines(dataset, sums.agents(window), sums.agents(window?.before)),
    everyone: { totals: together(window), before: together(window?.before) },
    trust,
  };
}

type Cells = ReadonlyMap<string, Cell>;

/** One line per agent, most calls first; the unknown agent is last. */
export function agentLines(dataset: Dataset, now: Cells, before: Cells): AgentLine[] {
  const lines = [...now].map(([id, cell]): AgentLine => {
    const figures = totals(cell.counts, dataset.columns);
    return {
      agent: agentOf(dataset, id),
      totals: figures,
      before: totals((before.get(id) ?? emptyCell()).counts, dataset.columns),
      ranked: id !== '' && (figures.qaEvaluated ?? 0) >= dataset.site.minimumN,
    };
  });
  return lines.sort(
    (a, b) =>
      Number(a.agent.id === null) - Number(b.agent.id === null) || b.totals.calls - a.totals.calls || byId(a, b),
  );
}

/** The known agents by a figure, largest first, those with too few calls for it left out. */
export function topAgents(
  lines: readonly AgentLine[],
  figure: (totals: Totals) => number | undefined,
  enough: (totals: Totals) => boolean,
  limit = 5,
): AgentLine[] {
  return lines
    .filter(({ agent, totals: own }) => agent.id !== null && enough(own) && (figure(own) ?? 0) > 0)
    .sort((a, b) => (figure(b.totals) ?? 0) - (figure(a.totals) ?? 0) || byId(a, b))
    .slice(0, limit);
}

const byId = (a: AgentLine, b: AgentLine): number => ((a.agent.id ?? '') < (b.agent.id ?? '') ? -1 : 1);
