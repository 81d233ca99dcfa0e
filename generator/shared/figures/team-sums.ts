import type { Range } from '../calendar/range.ts';
import type { Cell } from '../counts/cube.ts';
import { sumOf } from '../counts/sums.ts';
import { once } from '../once.ts';
import { agentOf, type Dataset } from './dataset.ts';

/** What a team did in a span; nothing where there is no span. */
export type TeamSums = (span: Range | undefined) => Cell;

/** The sums of each team, made once each. Who has no team is compared with everybody. */
export function teamSums(dataset: Dataset): (team: string | undefined) => TeamSums {
  const sums = once((from: string, to: string, team: string) =>
    sumOf(
      [...dataset.sums.agents({ from, to })].flatMap(([id, cell]) =>
        agentOf(dataset, id).team === team ? [cell] : [],
      ),
    ),
  );
  return (team) => (span) => (team === undefined || !span ? dataset.sums.all(span) : sums(span.from, span.to, team));
}
