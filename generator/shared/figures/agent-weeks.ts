import { addDays, daysBetween } from '../calendar/days.ts';
import { emptyCell } from '../counts/fold.ts';
import type { AgentWeek } from '../view.ts';
import type { Dataset } from './dataset.ts';
import type { TeamSums } from './team-sums.ts';
import { totals } from './totals.ts';

/** Weeks whose figures an agent's page shows. */
export const MOST_WEEKS = 8;

/** Seven days, both ends included; the first of the data may be shorter. */
export interface Week {
  from: string;
  to: string;
}

/**
 * Weeks that end with a day, oldest first. None reaches back before the first day with a call: the one in which that is begins
 * there.
 */
export function weeksTo(to: string, first: string, most: number): Week[] {
  const result: Week[] = [];
  for (let end = to; end >= first && result.length < most; end = addDays(end, -7)) {
    const from = addDays(end, -6);
    result.unshift({ from: from < first ? first : from, to: end });
  }
  return result;
}

/** What an agent's weeks came to, beside those of the team. @param team absent where that is nobody else */
export function agentWeeks(dataset: Dataset, id: string, team?: TeamSums): AgentWeek[] {
  const { window, first, sums, columns } = dataset;
  if (!window || first === undefined) return [];
  return weeksTo(window.to, first, MOST_WEEKS).map((week) => ({
    ...week,
    days: daysBetween(week.from, week.to).length,
    own: totals((sums.agents(week).get(id) ?? emptyCell()).counts, columns),
    ...(team && { team: totals(team(week).counts, columns) }),
  }));
}
