import { monthOf } from '#shared/calendar/calendar.ts';
import { addDays } from '#shared/calendar/days.ts';
import type { Range } from '#shared/calendar/range.ts';
import type { KnownDays } from '#shared/calendar/window.ts';
import type { DayCounts } from '#shared/counts/cube.ts';
import { type MonthData, unpackMonth } from '#shared/counts/month.ts';
import { MOST_WEEKS } from '#shared/figures/agent-weeks.ts';
import type { SiteData } from '#shared/figures/site-data.ts';
import type { Fetch } from '../data/fetch-cache.ts';

/** What there are calls of, and where the periods that have a name end. */
export const knownDays = ({ days, window, site: { weekStart } }: SiteData, range: Range): KnownDays => ({
  first: days[0]?.[0] ?? range.from,
  last: window?.to ?? range.to,
  weekStart,
});

/** The days of the weeks that an agent's figures are shown of: those that end with a period, which may begin before it. */
export const weeksReach = ({ to }: Range): Range => ({ from: addDays(to, 1 - 7 * MOST_WEEKS), to });

/** What the days of some spans come to, at least. @param spans those that are absent have no days */
export async function daysIn(
  site: Pick<SiteData, 'days'>,
  spans: readonly (Range | undefined)[],
  fetch: Fetch,
): Promise<Map<string, DayCounts>> {
  const months = await monthsOf(site, spans, fetch);
  return new Map(months.flatMap(unpackMonth));
}

/** The files of the months in which some spans have days. @param spans those that are absent have none */
export function monthsOf(
  { days }: Pick<SiteData, 'days'>,
  spans: readonly (Range | undefined)[],
  fetch: Fetch,
): Promise<MonthData[]> {
  const known = spans.filter((span) => span !== undefined);
  const wanted = days.map(([day]) => day).filter((day) => known.some((span) => isIn(day, span)));
  const months = [...new Set(wanted.map(monthOf))];
  return Promise.all(months.map((month) => fetch<MonthData>(`/data/days/${month}.json`)));
}

export const isIn = (day: string, { from, to }: Range): boolean => day >= from && day <= to;
