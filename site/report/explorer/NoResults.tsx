import type { SiteData } from '#shared/figures/site-data.ts';
import type { CallCounts } from '#shared/filter/facets.ts';
import type { CallFilter } from '#shared/filter/filter.ts';
import { count } from '#shared/format/format.ts';
import { searchAddress } from '../find/search-request.ts';
import { foundPaths } from '../kept/found-list.ts';
import { partsOf, without } from './filters/filter-words.ts';
import type { ListedCall } from './listed-calls.ts';

interface Props {
  site: SiteData;
  filter: CallFilter;
  counts: CallCounts<ListedCall>;
  onChange: (filter: CallFilter) => void;
}

const NUMBERS = ['', '', 'both', 'all three', 'all four', 'all five', 'all six'];

/** No call: which one filter to drop to get some. */
export default function NoResults({ site, filter, counts, onChange }: Props) {
  const { locale } = site.site;
  const { text } = filter;
  const parts = partsOf(filter, site);
  const best = parts
    .map((part) => ({ ...part, calls: counts.without.get(part.part) ?? 0 }))
    .sort((a, b) => b.calls - a.calls)[0];
  const all = NUMBERS[parts.length] || `all ${parts.length}`;
  if (filter.found && !foundPaths(filter.found)) return <LostList />;
  return (
    <div className="message">
      <b>
        {parts.length > 1
          ? `No call has ${all} filters.`
          : text
            ? `No summary, topic, number or id has “${text}”.`
            : 'No calls match.'}
      </b>
      {text && (
        <p>
          Transcripts are not looked through here:{' '}
          <a href={searchAddress({ text, filter })}>search all transcripts for “{text}”</a>.
        </p>
      )}
      {best && best.calls > 0 ? (
        <p>
          Without{' '}
          <b>
            {best.label} {best.value}
          </b>{' '}
          there {best.calls === 1 ? 'is' : 'are'}{' '}
          <button type="button" className="link" onClick={() => onChange(without(filter, best.part))}>
            {count(best.calls, locale)} {best.calls === 1 ? 'call' : 'calls'}
          </button>
          .
        </p>
      ) : (
        <p>
          {parts.length > 1 && 'Removing a single filter does not help. '}
          <button type="button" className="link" onClick={() => onChange({})}>
            Show all calls
          </button>
        </p>
      )}
    </div>
  );
}

/** The address names a list that another tab, or an earlier visit, had. */
const LostList = () => (
  <div className="message">
    <b>This list is no longer here.</b>
    <p>
      A list that a search has found stays in the tab in which it was made, and no address carries it to somebody else.{' '}
      <a href="/search/">Search again</a>.
    </p>
  </div>
);
