import type { Range } from '../calendar/range.ts';
import type { Cell } from '../counts/cube.ts';
import { emptyCell } from '../counts/fold.ts';
import { isEnough } from '../format/rate.ts';
import type { AgentLine, AgentsPage, TeamLine, Totals } from '../view.ts';
import { agentOf, type Dataset, linksOf } from './dataset.ts';
import { agentsLead } from './lead-agents.ts';
import { teamLines } from './teams.ts';
import { totals } from './totals.ts';

export function agentsPage(dataset: Dataset): AgentsPage {
  const { site, sums, window, trust, only } = dataset;
  const together = (span: Range | undefined) => totals(sums.all(span).counts, dataset.columns);
  const [now, before] = [sums.agents(window), sums.agents(window?.before)];
  const agents = agentLines(dataset, now, before).sort(worstFirst);
  const everyone = { totals: together(window), before: together(window?.before) };
  return {
    kind: 'agents',
    path: '/agents/',
    title: 'Agents',
    site,
    window,
    only,
    lead: window ? agentsLead(site, window, everyone, agents, linksOf(dataset)) : [],
    agents,
    teams: teamLines(dataset, now, before).sort(worstFirst),
    everyone,
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
      ranked: id !== '' && isEnough(dataset.site.minimumN, figures.qaEvaluated),
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

/** The lowest share passed first; then those that are not ranked, as they were. */
function worstFirst(a: AgentLine | TeamLine, b: AgentLine | TeamLine): number {
  if (!a.ranked || !b.ranked) return Number(b.ranked) - Number(a.ranked);
  return (
    (a.totals.qaPassRate ?? 1) - (b.totals.qaPassRate ?? 1) || (b.totals.qaEvaluated ?? 0) - (a.totals.qaEvaluated ?? 0)
  );
}

const byId = (a: AgentLine, b: AgentLine): number => ((a.agent.id ?? '') < (b.agent.id ?? '') ? -1 : 1);
