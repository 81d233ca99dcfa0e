import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { boundsOf, type Calendar } from '#shared/calendar/range.ts';
import { agentOf } from '#shared/figures/dataset.ts';
import type { SiteData } from '#shared/figures/site-data.ts';
import { count, span } from '#shared/format/format.ts';
import { canCopy, copied, linkTo } from '../browser/copy.ts';
import { download } from '../browser/download.ts';
import { inWords } from '../browser/reader-error.ts';
import { setSheetFoot } from '../browser/sheet-foot.ts';
import { sheetFoot } from '../components/page/sheet-foot.ts';
import type { Fetch } from '../data/fetch-cache.ts';
import RangePicker from '../period/RangePicker.tsx';
import { useAddress } from './address.ts';
import CallRows from './CallRows.tsx';
import ColumnMenu from './ColumnMenu.tsx';
import { callsCsv, csvName } from './calls-csv.ts';
import { useColumnChoice } from './column-choice.ts';
import { callColumns } from './columns.tsx';
import Chips from './filters/Chips.tsx';
import { without } from './filters/filter-words.ts';
import Rail from './filters/Rail.tsx';
import { requestQuery } from './list-request.ts';
import type { ListedCall } from './listed-calls.ts';
import NoResults from './NoResults.tsx';
import SaveView from './SaveView.tsx';
import { useCalls } from './use-calls.ts';

interface Props {
  site: SiteData;
  fetch: Fetch;
  /** Told when there is something to be seen: until then the page keeps what it has. */
  onReady: () => void;
}

/** Every call, filtered as the address says. */
export default function Explorer({ site, fetch, onReady }: Props) {
  const [{ filter, sorting, ignored }, change] = useAddress();
  const [isRailOpen, setRailOpen] = useState(false);
  const { store, loaded, counts, calls } = useCalls(site, filter, sorting, fetch);
  const { read, total, failed } = loaded;
  const { locale } = site.site;
  const columns = useColumns(site, loaded.calls, filter.rule, requestQuery({ filter, sorting }));
  const [shown, choose] = useColumnChoice(columns.filter(({ usual }) => usual).map(({ id }) => id));
  const withWords = shown.includes('summary');
  const months = useRef<string[]>([]);
  const tellMonths = useCallback(
    (shownNow: string[]) => {
      months.current = shownNow;
      if (withWords) void store.tell(shownNow);
    },
    [store, withWords],
  );
  const again = async () => {
    await store.load(filter, Boolean(filter.text));
    if (withWords) await store.tell(months.current);
  };
  const setFilter = (next: typeof filter) => change({ filter: next });
  const isAll = read === total;
  const isReady = isAll || read > 0 || failed !== undefined;
  useLayoutEffect(() => {
    if (isReady) onReady();
  }, [isReady, onReady]);
  const words = `${count(calls.length, locale)} ${calls.length === 1 ? 'call' : 'calls'}`;
  const [isSaving, setSaving] = useState(false);
  const [unsaved, setUnsaved] = useState<string>();
  const save = async () => {
    setSaving(true);
    setUnsaved(undefined);
    try {
      await store.load(filter, true);
      // What failed is said above the list; a file without the words would pass for a whole one.
      if (calls.some((call) => call.words === undefined)) return;
      download(`${csvName(filter, site)}.csv`, callsCsv(calls, site, location.origin), 'text/csv;charset=utf-8');
    } catch (error) {
      setUnsaved(inWords(error, 'The CSV file could not be made'));
    } finally {
      setSaving(false);
    }
  };
  return (
    <section className="explorer" aria-labelledby="calls-count">
      <div className="explorer-head">
        <h2 id="calls-count">
          <b>{count(calls.length, locale)}</b> {calls.length === 1 ? 'call' : 'calls'}
          {!isAll && ' so far'}
        </h2>
        <Chips site={site} filter={filter} onChange={setFilter} />
        <div className="explorer-tools">
          <Period site={site} filter={filter} onChange={setFilter} />
          <button
            type="button"
            className="button filters-button"
            aria-expanded={isRailOpen}
            aria-controls="call-filters"
            onClick={() => setRailOpen(!isRailOpen)}
          >
            Filters
          </button>
          <ColumnMenu columns={columns} shown={shown} onChange={choose} />
          {canCopy() && <CopyLink />}
          <SaveView />
          <button
            type="button"
            className="button button-main csv-button"
            data-longest={csvLabel(total, locale)}
            disabled={!isAll || calls.length === 0 || isSaving}
            aria-busy={isSaving}
            onClick={() => void save()}
          >
            <span>{csvLabel(calls.length, locale)}</span>
          </button>
        </div>
      </div>
      <p role="status" className="visually-hidden">
        {isAll ? `${words}.` : `Showing ${count(read, locale)} of ${count(total, locale)} calls, newest first.`}
      </p>
      {!isAll && failed === undefined && <progress aria-label="Calls read" max={total} value={read} />}
      {failed !== undefined && (
        <p className="explorer-wrong" role="alert">
          {failed}{' '}
          <button type="button" className="link" onClick={() => void again()}>
            Try again
          </button>
        </p>
      )}
      {unsaved !== undefined && (
        <p className="explorer-wrong" role="alert">
          {unsaved}
        </p>
      )}
      {ignored.length > 0 && (
        <p className="explorer-wrong" role="alert">
          The address has unknown filters, which are ignored: <b>{ignored.join(', ')}</b>.
        </p>
      )}
      <div className="explorer-body">
        <div id="call-filters" className={isRailOpen ? 'filters filters-open' : 'filters'}>
          <Rail site={site} filter={filter} facets={counts.facets} onChange={setFilter} />
        </div>
        <div className="explorer-list">
          {calls.length > 0 ? (
            <CallRows
              calls={calls}
              columns={columns}
              shown={shown}
              sorting={sorting}
              onSort={(next) => change({ sorting: next })}
              onShow={tellMonths}
            />
          ) : (
            isAll && <NoResults site={site} filter={filter} counts={counts} onChange={setFilter} />
          )}
        </div>
      </div>
    </section>
  );
}

const csvLabel = (calls: number, locale: string): string =>
  `CSV of ${calls === 1 ? 'this' : 'these'} ${count(calls, locale)} ${calls === 1 ? 'call' : 'calls'}, all columns`;

/** The address is all of the list: what it is filtered by, and its order. */
function CopyLink() {
  const [words, say] = useState('Copy link');
  return (
    <button
      type="button"
      className="button"
      aria-live="polite"
      onBlur={() => say('Copy link')}
      onClick={() => void copied(linkTo()).then(say)}
    >
      {words}
    </button>
  );
}

/** The columns that the data supports; those of the tenant's own fields come with the calls. */
function useColumns(site: SiteData, calls: readonly ListedCall[], rule: readonly string[] | undefined, list: string) {
  const labels = useMemo(
    () =>
      JSON.stringify([...new Set(calls.flatMap(({ row }) => (row.metadata ?? []).map(({ label }) => label)))].sort()),
    [calls],
  );
  return useMemo(
    () =>
      callColumns(site, {
        teams: Object.keys(site.agents).some((id) => agentOf(site, id).team !== undefined),
        labels: JSON.parse(labels) as string[],
        requested: rule,
        list,
      }),
    [site, labels, rule, list],
  );
}

function Period({ site, filter, onChange }: Pick<Props, 'site'> & Parameters<typeof Chips>[0]) {
  const calendar: Calendar | undefined = site.window && { days: site.days, window: site.window };
  const bounds = calendar && boundsOf(calendar);
  const range = bounds && { from: filter.from ?? bounds.from, to: filter.to ?? bounds.to };
  const isChosen = filter.from !== undefined || filter.to !== undefined;
  const foot = sheetFoot({ kind: 'calls', title: 'Calls', site: site.site, window: isChosen ? range : undefined });
  useEffect(() => setSheetFoot(foot), [foot]);
  if (!calendar || !range) return null;
  const words = span(range.from, range.to, site.site.locale);
  return (
    <div className="explorer-period">
      <RangePicker
        key={words}
        calendar={calendar}
        range={range}
        compared={false}
        onChoose={({ from, to }) => onChange({ ...filter, from, to })}
        locale={site.site.locale}
        weekStart={site.site.weekStart ?? 1}
      />
      {isChosen && (
        <button
          type="button"
          className="drop"
          aria-label={`Remove Period: ${words}`}
          title="All days"
          onClick={() => onChange(without(filter, 'period'))}
        >
          ×
        </button>
      )}
    </div>
  );
}
