import { lengthOf, type Range } from '#shared/calendar/range.ts';
import { comparison } from '#shared/figures/compare/compare.ts';
import type { Comparison } from '#shared/figures/compare/compared.ts';
import { datasetOf, type SiteData } from '#shared/figures/site-data.ts';
import type { Fetch } from '../data/fetch-cache.ts';
import { daysIn, weeksReach } from '../period/days.ts';
import type { Wanted } from './wanted.ts';

/**
 * Agents side by side, or one agent's two periods: counted from the same days, and in the same way, as their pages.
 * @throws where nothing can be compared, see `isComparable`
 */
export async function comparisonOf(
  site: SiteData,
  { agents, period, against }: Pick<Wanted, 'agents' | 'period' | 'against'>,
  fetch: Fetch,
): Promise<Comparison> {
  const periods = against ? [period, against] : [period];
  const days = await daysIn(
    site,
    periods.flatMap((each) => [each, weeksReach(each)]),
    fetch,
  );
  // Nothing is compared with a period before: what stands beside each other is.
  const datasets = periods.map(({ from, to }: Range) =>
    datasetOf(site, days, { from, to, days: lengthOf({ from, to }) }),
  );
  const wanted = datasets.flatMap((dataset) => agents.map((id) => ({ dataset, id })));
  return comparison(against ? 'periods' : 'agents', wanted);
}
