import { useEffect, useRef, useState } from 'react';
import type { SiteData } from '#shared/figures/site-data.ts';
import { asksForWords, readQuery } from '#shared/search/query.ts';
import { inWords } from '../browser/reader-error.ts';
import type { SearchFiles } from './fetch-index.ts';
import { filterGroups } from './filter-terms.ts';
import { type Found, type FoundCalls, findIn, NOTHING_YET } from './found.ts';
import type { SearchRequest } from './search-request.ts';
import { hasTranscripts, rootOf } from './search-root.ts';

interface State {
  found: Found;
  calls: FoundCalls;
}

/** What a search has found so far; undefined where it asks for no words. */
export function useFound(request: SearchRequest, site: SiteData, files: SearchFiles): State | undefined {
  const [state, setState] = useState<State>();
  const turn = useRef(0);
  useEffect(() => {
    const own = ++turn.current;
    if (asksForWords(readQuery(request.text)))
      void start(request, site, files, (now) => own === turn.current && setState(now));
    else setState(undefined);
  }, [request, site, files]);
  return state;
}

/** Begin a search. @param tell told what there is, whenever that is something else */
async function start(request: SearchRequest, site: SiteData, files: SearchFiles, tell: (state: State) => void) {
  const { text, filter, by } = request;
  const { from, to } = filter;
  const query = { ...readQuery(text), filters: filterGroups(filter, site), from, to };
  // Until there is an index, to try again is to begin again.
  let calls: FoundCalls = { more: () => start(request, site, files, tell), all: async () => [] };
  let last = NOTHING_YET;
  const say = (found: Found) => {
    last = found;
    tell({ found, calls });
  };
  say(NOTHING_YET);
  try {
    const root = await rootOf(files);
    calls = findIn({ query, by }, root, files, say);
    await calls.more();
    const isNothing = last.count === 0 && last.isAll && last.failed === undefined;
    if (isNothing && !(await hasTranscripts(root, files))) say({ ...last, isSilent: true });
  } catch (error) {
    say({ ...last, isBusy: false, failed: inWords(error, 'The search failed') });
  }
}
