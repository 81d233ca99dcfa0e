import type { SiteData } from '#shared/figures/site-data.ts';
import { testsOf } from '#shared/filter/match.ts';
import { sampleOf } from '../../calibration/sample.ts';
import type { Fetch } from '../../data/fetch-cache.ts';
import type { ListRequest } from '../../explorer/list-request.ts';
import type { ListedCall } from '../../explorer/listed-calls.ts';
import { fetchCalls, fetchWords, neededMonths } from '../../explorer/months.ts';
import { lookedUp } from '../../explorer/search.ts';
import { sortCalls } from '../../explorer/sorting.ts';

/**
 * The calls that a list has, in its order, as the page of all calls lists them; of a sample those that the calibration page has.
 * @throws where a file cannot be fetched, or a sample cannot be drawn
 */
export async function findList(
  { filter, sorting, sample }: ListRequest,
  site: SiteData,
  fetch: Fetch,
): Promise<ListedCall[]> {
  const tests = [...testsOf(filter), ...lookedUp(filter)];
  // In the order of the months: newest first. Of a month no more is held than is wanted.
  const months = await Promise.all(
    neededMonths(filter, site).map(async ({ month }): Promise<ListedCall[]> => {
      const { calls, stamp } = await fetchCalls(month, site, fetch);
      if (filter.text) await fetchWords(month, calls, stamp, fetch);
      return calls.filter((call) => tests.every(({ fits }) => fits(call)));
    }),
  );
  const calls = months.flat();
  return sample === undefined ? sortCalls(calls, sorting, site) : sampleOf(calls, sample);
}
