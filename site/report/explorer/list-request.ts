import { type CallFilter, filterQuery, readFilter } from '#shared/filter/filter.ts';
import { NEWEST, readSorting, type Sorting, sortingText, WORST_FIRST } from './sorting.ts';

/** What an address asks for. */
export interface ListRequest {
  filter: CallFilter;
  sorting: Sorting;
  /** What of it could not be understood; e.g., "qa=maybe". */
  ignored: string[];
}

const HEAR = 'hear';

/** In the address of a call: it was opened from the list "Hear these first" of a day. */
export const hearFirstQuery = (day: string): string => `?${HEAR}=${day}`;

/** The list that an address asks for: that of the page of all calls, or the one that a call's page was opened from. */
export function readRequest(search: string): ListRequest {
  const query = new URLSearchParams(search);
  const day = query.get(HEAR);
  if (day !== null) {
    // Read as any other: what is no day is told.
    const { filter, ignored } = readFilter(filterQuery({ from: day, to: day, attention: true }));
    return { filter, sorting: WORST_FIRST, ignored };
  }
  const text = query.get('sort');
  const sorting = readSorting(text);
  const { filter, ignored } = readFilter(search);
  return {
    filter,
    sorting: sorting ?? NEWEST,
    ignored: text !== null && !sorting ? [...ignored, `sort=${text}`] : ignored,
  };
}

/** The query of what is asked for, "" or beginning with "?"; nothing for what is so anyway. */
export function requestQuery({ filter, sorting }: Pick<ListRequest, 'filter' | 'sorting'>): string {
  const query = filterQuery(filter);
  const isUsual = sorting.by === NEWEST.by && sorting.down === NEWEST.down;
  return isUsual ? query : `${query === '' ? '?' : `${query}&`}sort=${sortingText(sorting)}`;
}
