import type { Cell } from '../counts/cube.ts';
import { sumOf } from '../counts/sums.ts';
import { once } from '../once.ts';
import type { AgentRef } from '../view.ts';
import type { Dataset } from './dataset.ts';
import { byTeam } from './teams.ts';

/**
 * The same dataset with its teams in the place of agents, by name: what makes an agent's page then makes that of a team. What everybody did is as it was.
 */
export function teamsAsAgents(dataset: Dataset): Dataset {
  const agents = Object.create(null) as { [name: string]: AgentRef };
  for (const { name, href } of dataset.teams)
    agents[name] = { id: name, name, href, members: membersOf(dataset, name) };
  const teams = once((from: string, to: string): ReadonlyMap<string, Cell> => {
    const cells = byTeam(dataset, dataset.sums.agents({ from, to }));
    return new Map([...cells].map(([team, own]) => [team, sumOf(own)]));
  });
  return {
    ...dataset,
    agents,
    sums: { ...dataset.sums, agents: (span) => (span ? teams(span.from, span.to) : new Map()) },
  };
}

/** Agents of a team that there is any call of. */
const membersOf = ({ agents }: Pick<Dataset, 'agents'>, name: string): number =>
  Object.values(agents).filter(({ team }) => team === name).length;
