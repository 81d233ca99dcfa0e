import { useState } from 'react';
import { agentOf } from '#shared/figures/dataset.ts';
import type { SiteData } from '#shared/figures/site-data.ts';
import { callsHref } from '#shared/filter/filter.ts';
import { englishLocaleOf } from '#shared/format/english.ts';
import { count, counted, dayAndYear, whenStarted } from '#shared/format/format.ts';
import { keepFound } from '../kept/found-list.ts';
import type { Found, FoundCalls, FoundHit } from './found.ts';

interface Props {
  site: SiteData;
  found: Found;
  calls: FoundCalls;
}

/** The calls that a search has found, and how far it has looked. */
export default function Hits({ site, found, calls }: Props) {
  const { hits, waiting, isAll, isBusy, failed, meant } = found;
  const { locale } = site.site;
  const isDone = isAll && waiting === 0;
  return (
    <section aria-labelledby="found">
      <div className="explorer-head">
        <h2 id="found">{headOf(found, site)}</h2>
        {hits.length > 0 && <OpenAsList found={found} calls={calls} locale={locale} />}
      </div>
      <p className="visually-hidden" role="status">
        {isBusy ? 'Searching…' : failed === undefined ? `${headOf(found, site)}.` : ''}
      </p>
      {meant.size > 0 && (
        <p className="note">
          {[...meant].map(([typed, shown]) => `No call has “${typed}”: shown for “${shown}”.`).join(' ')}
        </p>
      )}
      {failed !== undefined && (
        <p className="explorer-wrong" role="alert">
          {failed}{' '}
          <button type="button" className="link" onClick={() => void calls.more()}>
            Try again
          </button>
        </p>
      )}
      <ol className="hits">
        {hits.map((hit) => (
          <Hit key={hit.call.path} site={site} hit={hit} />
        ))}
      </ol>
      {isBusy && hits.length === 0 && <p className="note">Searching…</p>}
      {!isBusy && failed === undefined && hits.length === 0 && isDone && (
        <div className="message">
          <b>{found.isSilent ? 'No call has a transcript.' : 'No call has this.'}</b>
          {!found.isSilent && (
            <p>
              Try fewer words, another form of a word, or any day. Speech to text can mishear names. Words of summaries
              are <a href="/calls/">searched in the list of calls</a>.
            </p>
          )}
        </div>
      )}
      {found.unknown > 0 && (
        <p className="note">{counted(found.unknown, 'call', locale)} left out: nobody can say there who said what.</p>
      )}
      {!isDone && failed === undefined && (
        <p className="find-more">
          <button type="button" className="button" aria-busy={isBusy} onClick={() => !isBusy && void calls.more()}>
            {waiting > 0 ? `${hits.length > 0 ? 'Show' : 'Look at'} more calls` : 'Search older calls'}
          </button>
        </p>
      )}
    </section>
  );
}

/** "412 calls since Tue 1 Sep 2026". */
function headOf(found: Found, { site: { locale } }: SiteData): string {
  const { count: n, atLeast, taken, isAll, since, isBusy, hits } = found;
  if (isBusy && hits.length === 0) return 'Searching…';
  if (atLeast && n === 0) return `None among the ${counted(taken, 'newest call', locale)} with these words`;
  // Where the search failed: nothing is known of the others.
  const calls = n === 0 && !isAll ? 'No calls so far' : counted(n, 'call', locale);
  const days = !isAll && since ? ` since ${dayAndYear(since, englishLocaleOf(locale))}` : '';
  return `${atLeast ? 'At least ' : ''}${calls}${days}`;
}

function Hit({ site, hit: { call, snippet, unread } }: { site: SiteData; hit: FoundHit }) {
  const when = whenStarted(call, site.site) ?? `Call ${call.id}`;
  return (
    <li className="hit">
      <p className="hit-call">
        <a href={`${call.path}${snippet ? `#${snippet.turn}` : ''}`}>{when}</a>{' '}
        <span className="quiet">{agentOf(site, call.agent).name}</span>
      </p>
      {snippet && (
        <p className="hit-said">
          <span className="who">{snippet.who}</span>{' '}
          <q>
            {snippet.pieces.map(({ text, marked }, i) =>
              // biome-ignore lint/suspicious/noArrayIndexKey: stretches of a text have no other identity
              marked ? <mark key={i}>{text}</mark> : text,
            )}
          </q>
        </p>
      )}
      {unread !== undefined && <p className="note">{unread}</p>}
    </li>
  );
}

/** The page of all calls shows them with everything about them, and as a file. */
function OpenAsList({ found, calls, locale }: Pick<Props, 'found' | 'calls'> & { locale: string }) {
  const [words, say] = useState('');
  const shown = found.atLeast ? found.hits.length : found.count;
  const open = async () => {
    try {
      const all = await calls.all();
      const name = keepFound(all.map(({ path }) => path));
      if (name === undefined) return say('This browser keeps nothing for this page, so no list can be opened.');
      const days = all.flatMap(({ day }) => day ?? []).sort();
      const isDated = days.length === all.length;
      location.assign(callsHref({ ...(isDated && { from: days[0], to: days.at(-1) }), found: name }));
    } catch {
      say('The list could not be made. Try again.');
    }
  };
  return (
    <div className="explorer-tools">
      <button type="button" className="button" onClick={() => void open()}>
        Open {shown === 1 ? 'this call' : `these ${count(shown, locale)} calls`} as a list
      </button>
      {words !== '' && <span role="alert">{words}</span>}
    </div>
  );
}
