import { monthOf } from '#shared/calendar/calendar.ts';
import { type CallColumns, decodeCalls } from '#shared/columns/calls.ts';
import { type CallWords, decodeWords, type WordColumns } from '#shared/columns/words.ts';
import type { SiteData } from '#shared/figures/site-data.ts';
import type { CallFilter } from '#shared/filter/filter.ts';
import { ReaderError } from '../browser/reader-error.ts';
import type { Fetch } from '../data/fetch-cache.ts';
import { type ListedCall, listedCalls } from './listed-calls.ts';

const UNDATED = 'undated';

/** A month that a filter needs, and how many of its calls lie in the filter's period. */
export interface NeededMonth {
  month: string;
  calls: number;
}

/** What a filter's period needs, newest first; calls without a start are last, and needed where no period is asked for. */
export function neededMonths({ from, to, undated }: CallFilter, site: SiteData): NeededMonth[] {
  const months = new Map<string, number>();
  if (!undated)
    for (const [day, calls] of site.days.toReversed())
      if (day >= (from ?? '') && day <= (to ?? '9999'))
        months.set(monthOf(day), (months.get(monthOf(day)) ?? 0) + calls);
  if (!from && !to && site.trust.undated > 0) months.set(UNDATED, site.trust.undated);
  return [...months].map(([month, calls]) => ({ month, calls }));
}

/** Fetch the calls of a month, newest first. */
export async function fetchCalls(
  month: string,
  site: SiteData,
  fetch: Fetch,
): Promise<{ calls: ListedCall[]; stamp: string }> {
  const columns = await fetch<CallColumns>(`/data/calls/${month}.json`);
  return { calls: listedCalls(decodeCalls(columns), month, site), stamp: columns.stamp };
}

/**
 * Put to the calls of a month the words about them.
 * @throws where the words belong to other calls: the site has been renewed between the two
 */
export async function fetchWords(
  month: string,
  calls: readonly ListedCall[],
  stamp: string,
  fetch: Fetch,
): Promise<void> {
  const columns = await fetch<WordColumns>(`/data/words/${month}.json`);
  if (columns.stamp !== stamp)
    throw new ReaderError('The reports were updated while you were reading. Reload the page to see them.');
  const words: CallWords[] = decodeWords(columns).reverse();
  calls.forEach((call, i) => {
    call.words = words[i] ?? {};
  });
}
