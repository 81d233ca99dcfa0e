import type { SiteData } from '#shared/figures/site-data.ts';
import { callsHref } from '#shared/filter/filter.ts';
import type { SearchFiles } from './fetch-index.ts';
import Hits from './Hits.tsx';
import SearchForm from './SearchForm.tsx';
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
        <Hits site={site} {...state} />
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
