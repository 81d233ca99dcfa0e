import type { Range } from '#shared/calendar/range.ts';
import { agentOf } from '#shared/figures/dataset.ts';
import type { SiteData } from '#shared/figures/site-data.ts';
import { isInTeams } from '#shared/figures/teams.ts';
import type { TeamRef } from '#shared/view.ts';
import type { Fetch } from '../data/fetch-cache.ts';
import type { Subject } from './agent-view.ts';
import { isIn, monthsOf } from './days.ts';

/** How many calls each of some ranges has. */
export type CountCalls = (ranges: readonly Range[]) => Promise<number[]>;

/**
 * Counts the calls of whom a page is about; of everybody the site's data says it.
 * @param teams whose calls alone a page of everybody shows
 */
export function callsOfSubject(
  site: SiteData,
  subject: Subject | undefined,
  teams: readonly TeamRef[],
  fetch: Fetch,
): CountCalls {
  const isCounted = subject ? isOf(site, subject) : isInTeams(site, teams);
  return async (ranges) => {
    const months = await monthsOf(site, ranges, fetch);
    const days = months
      .flatMap((month) => Object.entries(month.days))
      .map(([day, agents]) => {
        const own = Object.entries(agents).filter(([agent]) => isCounted(agent));
        return { day, calls: own.reduce((sum, [, { counts }]) => sum + (counts.calls ?? 0), 0) };
      });
    return ranges.map((range) => days.reduce((sum, { day, calls }) => (isIn(day, range) ? sum + calls : sum), 0));
  };
}

const isOf =
  (site: SiteData, { agent, isTeam }: Subject) =>
  (id: string): boolean =>
    (isTeam ? agentOf(site, id).team : id) === agent;
