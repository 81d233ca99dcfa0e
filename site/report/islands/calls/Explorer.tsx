import { useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import { type CallFilter, filterQuery, readFilter } from '#lib/call-filter.ts';
import { chipsOf } from '#lib/filter-words.ts';
import { count } from '#lib/format.ts';
import { agentOf } from '../../../../generator/report/counted.ts';
import type { SiteData } from '../../../../generator/report/site-data.ts';
import { remembering } from '../count.ts';
import { csvOfCalls, type SortKey, sortedBy } from './columns.ts';
import Filters from './Filters.tsx';
import { filesFor, type ListedCall, loadCalls, loadWords, wantedOf } from './load.ts';
import Rows from './Rows.tsx';

const NEWEST_FIRST = { key: 'started', isRising: false } as const;

/** All calls of the site, filtered as the address says. */
export default function Explorer({ site }: { site: SiteData }) {
  const fetch = useRef(remembering()).current;
  const [{ filter, ignored }, setAsked] = useState(() => readFilter(location.search));
  const [files, setFiles] = useState<ReadonlyMap<string, ListedCall[]>>(new Map());
  const [words, setWords] = useState<ReadonlyMap<string, ReadonlyMap<string, string>>>(new Map());
  const [sort, setSort] = useState<{ key: SortKey; isRising: boolean }>(NEWEST_FIRST);
  const [problem, setProblem] = useState<string>();
  const needed = useMemo(() => filesFor(filter, site), [filter, site]);
  const hasText = filter.text !== undefined;

  useEffect(() => {
    const again = () => setAsked(readFilter(location.search));
    addEventListener('popstate', again);
    return () => removeEventListener('popstate', again);
  }, []);

  // One file after another, newest first: the newest calls are there at once.
  const missing = needed.find((file) => !files.has(file));
  const wordless = hasText ? needed.find((file) => !words.has(file)) : undefined;
  useEffect(() => {
    if (missing === undefined) return;
    loadCalls(missing, site, fetch).then(
      (calls) => setFiles((known) => new Map(known).set(missing, calls)),
      (error: Error) => setProblem(error.message),
    );
  }, [missing, site, fetch]);
  useEffect(() => {
    if (wordless === undefined) return;
    loadWords(wordless, fetch).then(
      (told) => setWords((known) => new Map(known).set(wordless, told)),
      (error: Error) => setProblem(error.message),
    );
  }, [wordless, fetch]);

  const calls = useMemo(() => needed.flatMap((file) => files.get(file) ?? []), [needed, files]);
  const allWords = useMemo(() => new Map([...words.values()].flatMap((each) => [...each])), [words]);
  const asked = useDeferredValue(filter);
  const wanted = useMemo(() => wantedOf(calls, asked, allWords), [calls, asked, allWords]);
  const shown = useMemo(() => sortedBy(wanted, sort.key, sort.isRising, site), [wanted, sort, site]);

  function choose(next: CallFilter) {
    const isTyping = next.text !== filter.text && filter.text !== undefined;
    const address = `${location.pathname}${filterQuery(next)}`;
    if (isTyping) history.replaceState(null, '', address);
    else history.pushState(null, '', address);
    setAsked(readFilter(location.search));
  }

  const { locale } = site.site;
  const names = {
    agent: (id: string) => agentOf(site, id).name,
    rule: (id: string) => site.rules[id]?.name ?? id,
    locale,
  };
  const chips = chipsOf(filter, names);
  const isLoading = missing !== undefined || wordless !== undefined;
  const n = `${count(shown.length, locale)} ${shown.length === 1 ? 'call' : 'calls'}`;
  return (
    <section className="section explorer" aria-labelledby="all-calls" aria-busy={isLoading && !problem}>
      <h2 id="all-calls" className="figure-value">
        {isLoading && !problem ? `${n} so far` : n}
      </h2>
      <p className="note" role="status">
        {problem ?? loadingInWords(isLoading, needed.length, files, chips.length, site)}
      </p>
      {ignored.length > 0 && (
        <p className="message">
          <b>Part of the address was not understood</b>, so it narrows nothing here: {ignored.join(', ')}.
        </p>
      )}
      <details className="rail" open={matchMedia('(min-width: 701px)').matches}>
        <summary>Filters</summary>
        <Filters site={site} filter={filter} calls={calls} onChange={choose} />
      </details>
      {chips.length > 0 && (
        <ul className="chips" aria-label="Filters that are set">
          {chips.map(({ name, value, without }) => (
            <li key={name + value}>
              <button type="button" onClick={() => choose(without)} aria-label={`Remove ${name} ${value}`}>
                {name} <b>{value}</b> <span aria-hidden="true">×</span>
              </button>
            </li>
          ))}
          <li>
            <button type="button" className="clear" onClick={() => choose({})}>
              Clear all
            </button>
          </li>
        </ul>
      )}
      {shown.length > 0 && !isLoading && (
        <p>
          <button type="button" className="primary" onClick={() => save(csvOfCalls(shown, site, location.origin))}>
            CSV of {shown.length === 1 ? 'this call' : `these ${n}`}
          </button>
        </p>
      )}
      {shown.length > 0 ? (
        <Rows
          site={site}
          calls={shown}
          sort={sort}
          onSort={(key) => setSort({ key, isRising: key === sort.key ? !sort.isRising : key === 'agent' })}
        />
      ) : (
        !isLoading && <Empty chips={chips} calls={calls} words={allWords} onChoose={choose} locale={locale} />
      )}
    </section>
  );
}

interface EmptyProps {
  chips: ReturnType<typeof chipsOf>;
  calls: readonly ListedCall[];
  words: ReadonlyMap<string, string>;
  onChoose: (filter: CallFilter) => void;
  locale: string;
}

/** Nothing fits: says which one filter to drop to see some. */
function Empty({ chips, calls, words, onChoose, locale }: EmptyProps) {
  const ways = chips
    .map((chip) => ({ ...chip, n: wantedOf(calls, chip.without, words).length }))
    .filter(({ n }) => n > 0);
  return (
    <div className="message">
      <b>No call fits {chips.length > 1 ? `all ${chips.length} filters` : 'this filter'}.</b>
      {ways.map(({ name, value, n, without }) => (
        <p key={name + value}>
          <button type="button" className="clear" onClick={() => onChoose(without)}>
            Without {name} {value}
          </button>{' '}
          there {n === 1 ? 'is one' : `are ${count(n, locale)}`}.
        </p>
      ))}
    </div>
  );
}

function loadingInWords(
  isLoading: boolean,
  needed: number,
  files: ReadonlyMap<string, unknown>,
  chips: number,
  { trust, site: { locale } }: SiteData,
): string {
  if (isLoading)
    return `Loading: ${Math.min(files.size, needed)} of ${needed} months are here, so this count is not final.`;
  return chips === 0 ? 'All calls, newest first.' : `Of ${count(trust.read, locale)} calls.`;
}

function save(csv: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([csv], { type: 'text/csv;charset=utf-8' }));
  link.download = 'calls.csv';
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
