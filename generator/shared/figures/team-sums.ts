import type { Range } from '../calendar/range.ts';
import type { Cell } from '../counts/cube.ts';
import { emptyCell } from '../counts/fold.ts';
import type { Dataset } from './dataset.ts';
import { teamsAsAgents } from './team-page.ts';

/** What a team did in a span; nothing where there is no span. */
export type TeamSums = (span: Range | undefined) => Cell;

/**
 * The sums of each team. Who has no team is compared with everybody.
 * @param teams the dataset with its teams in the place of agents
 */
export const teamSums =
  (dataset: Dataset, teams = teamsAsAgents(dataset)): ((team: string | undefined) => TeamSums) =>
  (team) =>
  (span) =>
    team === undefined ? dataset.sums.all(span) : (teams.sums.agents(span).get(team) ?? emptyCell());
