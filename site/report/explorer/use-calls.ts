import { useDeferredValue, useEffect, useMemo, useReducer, useRef } from 'react';
import type { SiteData } from '#shared/figures/site-data.ts';
import { type CallCounts, countCalls } from '#shared/filter/facets.ts';
import type { CallFilter } from '#shared/filter/filter.ts';
import { testsOf } from '#shared/filter/match.ts';
import type { Fetch } from '../data/fetch-cache.ts';
import { facetsOf } from './filters/filter-words.ts';
import type { ListedCall } from './listed-calls.ts';
import { lookedUp } from './search.ts';
import { type Sorting, sortCalls } from './sorting.ts';
import { type CallStore, type Loaded, openCalls } from './store.ts';

/** The calls of a filter, as far as they have been fetched, counted and sorted. */
export interface FoundCalls {
  store: CallStore;
  loaded: Loaded;
  counts: CallCounts<ListedCall>;
  calls: ListedCall[];
}

export function useCalls(site: SiteData, filter: CallFilter, sorting: Sorting, fetch: Fetch): FoundCalls {
  const [version, changed] = useReducer((n: number) => n + 1, 0);
  const kept = useRef<CallStore>(undefined);
  kept.current ??= openCalls(site, fetch, changed);
  const store = kept.current;
  const withWords = Boolean(filter.text);
  useEffect(() => void store.load(filter, withWords), [store, filter, withWords]);
  const loaded = store.loaded(filter, withWords);
  // Ticking a box must be seen at once, however long a hundred thousand calls take.
  const wanted = useDeferredValue(filter);
  const counts = useMemo(() => {
    return countCalls(loaded.calls, [...testsOf(wanted), ...lookedUp(wanted)], wanted.result, facetsOf(site, wanted));
  }, [loaded, wanted, site]);
  const calls = useMemo(() => sortCalls(counts.wanted, sorting, site), [counts, sorting, site]);
  // Read, so that a month whose words have come is drawn again.
  void version;
  return { store, loaded, counts, calls };
}
