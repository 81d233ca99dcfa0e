import type { SiteData } from '#shared/figures/site-data.ts';
import { callsHref } from '#shared/filter/filter.ts';
import { count } from '#shared/format/format.ts';
import { partsOf } from '../explorer/filters/filter-words.ts';
import type { SearchFiles } from './fetch-index.ts';
import type { Found } from './found.ts';
import Hits from './Hits.tsx';
import SearchForm from './SearchForm.tsx';
import { type SearchRequest, SPEAKERS } from './search-request.ts';
import { useFound } from './use-found.ts';
import { useRequest } from './use-request.ts';

interface Props {
  site: SiteData;
  files: SearchFiles;
}

/** What was said in all calls, searched as the fragment of the address says. */
export default function Find({ site, files }: Props) {
  const [request, search] = useRequest();
  const state = useFound(request, site, files);
  const { text, filter, ignored } = request;
  const narrows = Object.keys(filter).length > 0;
  return (
    <div className="finder">
      <SearchForm site={site} request={request} onSearch={search} />
      {ignored.length > 0 && (
        <p className="explorer-wrong" role="alert">
          The address has unknown filters, which are ignored: <b>{ignored.join(', ')}</b>.
        </p>
      )}
      {state ? (
        <>
          <p className="note printed">{printedWords(request, site, state.found)}</p>
          <Hits site={site} {...state} />
        </>
      ) : (
        (text !== '' || narrows) && (
          <div className="message">
            <b>Type a word that was said.</b>
            {narrows && (
              <p>
                Or <a href={callsHref(filter)}>list all calls of these choices</a>.
              </p>
            )}
          </div>
        )
      )}
    </div>
  );
}

/** A sheet of paper has no form and no button: what was searched for, and how many of the calls it has. */
function printedWords({ text, by, filter }: SearchRequest, site: SiteData, { hits, count: n }: Found): string {
  const choices = partsOf(filter, site).map(({ label, value }) => `${label}: ${value}`);
  const asked = [text.trim(), by && `Said by: ${SPEAKERS[by]}`, ...choices].filter(Boolean).join(' · ');
  const newest = hits.length < n ? ` The newest ${count(hits.length, site.site.locale)} are printed.` : '';
  return `Searched for: ${asked}.${newest}`;
}
