import type { Cell } from '../counts/cube.ts';
import { emptyCounts } from '../counts/cube.ts';
import { foldAgents, foldCells } from '../counts/fold.ts';
import type { AgentLine, AgentsPage, Totals } from '../view.ts';
import { agentOf, cubesIn, type Dataset } from './dataset.ts';
import { totals } from './totals.ts';

export function agentsPage(dataset: Dataset): AgentsPage {
  const { site, window, trust } = dataset;
  const [cubes, cubesBefore] = [cubesIn(dataset, window), cubesIn(dataset, window?.before)];
  const together = (of: typeof cubes) => totals(foldCells(of).counts, dataset.columns);
  return {
    kind: 'agents',
    path: '/agents/',
    title: 'Agents',
    site,
    window,
    agents: agentLines(dataset, foldAgents(cubes), foldAgents(cubesBefore)),
    everyone: { totals: together(cubes), before: together(cubesBefore) },
    trust,
  };
}

const emptyCell = (): Cell => ({ counts: emptyCounts(), rules: {} });

/** One line per agent, most calls first; the unknown agent is last. */
export function agentLines(dataset: Dataset, now: Map<string, Cell>, before: Map<string, Cell>): AgentLine[] {
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
