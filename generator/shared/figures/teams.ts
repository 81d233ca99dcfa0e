import type { Cell } from '../counts/cube.ts';
import { type Sums, sumOf, sumsAmong } from '../counts/sums.ts';
import { isEnough } from '../format/rate.ts';
import type { TeamLine, TeamRef } from '../view.ts';
import { agentOf, type Dataset } from './dataset.ts';
import { totals } from './totals.ts';

type Cells = ReadonlyMap<string, Cell>;

/** The teams of these names. @returns undefined where one of them is no team */
export function teamsNamed({ teams }: Pick<Dataset, 'teams'>, names: readonly string[]): TeamRef[] | undefined {
  const known = [...new Set(names)].map((name) => teams.find((team) => team.name === name));
  return known.every((team) => team !== undefined) ? known : undefined;
}

/** Whether an agent is in one of some teams. */
export function isInTeams(
  dataset: Pick<Dataset, 'agents'>,
  teams: readonly TeamRef[],
): (agent: string | null) => boolean {
  const names = new Set<string | undefined>(teams.map(({ name }) => name));
  return (agent) => names.has(agentOf(dataset, agent).team);
}

/**
 * The same dataset with the calls of some teams' agents alone. Which figures exist, and where the data begins, stay those of the whole organization.
 * @param everyone address of the same page without this filter
 * @param about what the teams' calls are about; without it no page tells that of them
 */
export const teamDataset = (dataset: Dataset, teams: TeamRef[], everyone: string, about?: Sums['about']): Dataset => ({
  ...dataset,
  sums: sumsAmong(dataset.sums, isInTeams(dataset, teams), about),
  only: { teams, everyone },
});

/** What a team did in a period, and in the one before. */
interface TeamCells {
  team: TeamRef;
  /** Agents with a call in the period. */
  agents: number;
  now: Cell;
  before: Cell;
}

/** What each team with a call did, by name. None where there are not two, for one says what its agents say. */
export function teamCells(dataset: Pick<Dataset, 'agents' | 'teams'>, now: Cells, before: Cells): TeamCells[] {
  const [own, past] = [byTeam(dataset, now), byTeam(dataset, before)];
  const lines = dataset.teams.flatMap((team): TeamCells[] => {
    const cells = own.get(team.name);
    if (!cells) return [];
    return [{ team, agents: cells.length, now: sumOf(cells), before: sumOf(past.get(team.name) ?? []) }];
  });
  return lines.length > 1 ? lines : [];
}

/** Team → the cells of its agents. */
export function byTeam(dataset: Pick<Dataset, 'agents'>, cells: Cells): Map<string, Cell[]> {
  const teams = new Map<string, Cell[]>();
  for (const [agent, cell] of cells) {
    const { team } = agentOf(dataset, agent);
    if (team === undefined) continue;
    const known = teams.get(team);
    if (known) known.push(cell);
    else teams.set(team, [cell]);
  }
  return teams;
}

/** One line per team, by name. */
export function teamLines(dataset: Dataset, now: Cells, before: Cells): TeamLine[] {
  return teamCells(dataset, now, before).map(({ team, agents, ...cells }) => {
    const figures = totals(cells.now.counts, dataset.columns);
    return {
      team,
      agents,
      totals: figures,
      before: totals(cells.before.counts, dataset.columns),
      ranked: isEnough(dataset.site.minimumN, figures.qaEvaluated),
    };
  });
}
