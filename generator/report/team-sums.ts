import type { Range } from '#shared/calendar/range.ts';
import type { Cell } from '#shared/counts/cube.ts';
import { sumOf } from '#shared/counts/sums.ts';
import { agentOf } from '#shared/figures/dataset.ts';
import { once } from '#shared/once.ts';
import type { Report } from './report.ts';

/** What a team did in a span; nothing where there is no span. */
export type TeamSums = (span: Range | undefined) => Cell;

/** The sums of each team, made once each. Who has no team is compared with everybody. */
export function teamSums(report: Report): (team: string | undefined) => TeamSums {
  const sums = once((from: string, to: string, team: string) =>
    sumOf(
      [...report.sums.agents({ from, to })].flatMap(([id, cell]) => (agentOf(report, id).team === team ? [cell] : [])),
    ),
  );
  return (team) => (span) => (team === undefined || !span ? report.sums.all(span) : sums(span.from, span.to, team));
}
