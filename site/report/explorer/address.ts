import { useCallback, useEffect, useState } from 'react';
import { type CallFilter, filterQuery, readFilter } from '#shared/filter/filter.ts';
import { NEWEST, readSorting, type Sorting, sortingText } from './sorting.ts';

/** What the address asks for. */
export interface ListRequest {
  filter: CallFilter;
  sorting: Sorting;
  /** What of it could not be understood; e.g., "qa=maybe". */
  ignored: string[];
}

function readAddress(search: string): ListRequest {
  const text = new URLSearchParams(search).get('sort');
  const sorting = readSorting(text);
  const { filter, ignored } = readFilter(search);
  return {
    filter,
    sorting: sorting ?? NEWEST,
    ignored: text !== null && !sorting ? [...ignored, `sort=${text}`] : ignored,
  };
}

/** The query of what is asked for; nothing for what is so anyway. */
function addressOf({ filter, sorting }: Pick<ListRequest, 'filter' | 'sorting'>): string {
  const query = filterQuery(filter);
  const isUsual = sorting.by === NEWEST.by && sorting.down === NEWEST.down;
  return isUsual ? query : `${query === '' ? '?' : `${query}&`}sort=${sortingText(sorting)}`;
}

/** What the address asks for, and how to ask for something else: every change can be gone back from. */
export function useAddress(): [ListRequest, (change: Partial<Pick<ListRequest, 'filter' | 'sorting'>>) => void] {
  const [request, setRequest] = useState(() => readAddress(location.search));
  useEffect(() => {
    const read = () => setRequest(readAddress(location.search));
    addEventListener('popstate', read);
    return () => removeEventListener('popstate', read);
  }, []);
  const change = useCallback((change: Partial<Pick<ListRequest, 'filter' | 'sorting'>>) => {
    const now = readAddress(location.search);
    const next = { ...now, ...change };
    const address = `${location.pathname}${addressOf(next)}`;
    // Nobody goes back through the letters of a word.
    const isTyping = now.filter.text !== undefined && next.filter.text !== now.filter.text;
    if (isTyping) history.replaceState(null, '', address);
    else history.pushState(null, '', address);
    setRequest({ ...next, ignored: [] });
  }, []);
  return [request, change];
}
