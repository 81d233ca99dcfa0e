import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useRef } from 'react';
import { DIRECTION_WORDS, QA_WORDS, SENTIMENT_WORDS } from '#lib/filter-words.ts';
import { duration, moment, score, sentiment } from '#lib/format.ts';
import { agentOf } from '../../../../generator/report/counted.ts';
import type { SiteData } from '../../../../generator/report/site-data.ts';
import Shape from '../../components/Shape.tsx';
import type { SortKey } from './columns.ts';
import type { ListedCall } from './load.ts';

interface Props {
  site: SiteData;
  calls: readonly ListedCall[];
  sort: { key: SortKey; isRising: boolean };
  onSort: (key: SortKey) => void;
}

const ROW_HEIGHT = 33;
/** Rows beyond the window's edges that are there already. */
const AHEAD = 20;

/** The calls as a table of which only the rows in sight are drawn. */
export default function Rows({ site, calls, sort, onSort }: Props) {
  const table = useRef<HTMLTableElement>(null);
  const rows = useWindowVirtualizer({
    count: calls.length,
    estimateSize: () => ROW_HEIGHT,
    overscan: AHEAD,
    scrollMargin: table.current?.offsetTop ?? 0,
  });
  const shown = rows.getVirtualItems();
  const before = (shown[0]?.start ?? 0) - rows.options.scrollMargin;
  const after = rows.getTotalSize() - ((shown.at(-1)?.end ?? 0) - rows.options.scrollMargin);
  const { hasQa, hasSentiment, passMark, locale } = site.site;
  const head = (name: string, key?: SortKey, className?: string) => (
    <th
      scope="col"
      className={className}
      aria-sort={key === sort.key ? (sort.isRising ? 'ascending' : 'descending') : undefined}
    >
      {key ? (
        <button type="button" className="sort" onClick={() => onSort(key)}>
          {name}
        </button>
      ) : (
        name
      )}
    </th>
  );
  return (
    <table className="table calls" ref={table} aria-rowcount={calls.length + 1}>
      <caption className="visually-hidden">Calls that fit the filters</caption>
      <thead>
        <tr aria-rowindex={1}>
          {head('Started', 'started')}
          {head('Agent', 'agent')}
          {head('Direction', undefined, 'drop-2')}
          {head('Length', 'seconds', 'n drop-3')}
          {hasSentiment && head('Sentiment', 'sentiment')}
          {hasQa && head('Score', 'score', 'n')}
          {hasQa && head('QA', undefined, 'drop-3')}
          {hasQa && head('Rules failed', undefined, 'drop-2')}
        </tr>
      </thead>
      <tbody>
        <Space height={before} />
        {shown.map(({ index }) => {
          const { row, facts } = calls[index] as ListedCall;
          return (
            <tr key={row.id} aria-rowindex={index + 2}>
              <th scope="row">
                <a href={row.path} title={row.started ? undefined : row.id}>
                  {row.started ? moment(row.started, site.site) : row.id}
                </a>
              </th>
              <td className="agent">{agentOf(site, row.agent ?? '').name}</td>
              <td className="drop-2">
                <Shape name={row.direction} /> {DIRECTION_WORDS[row.direction]}
              </td>
              <td className="n drop-3">{row.durationSeconds !== undefined && duration(row.durationSeconds)}</td>
              {hasSentiment && (
                <td className="nowrap">
                  {row.sentimentLabel && (
                    <>
                      <Shape name={row.sentimentLabel} />{' '}
                      <span className="visually-hidden">{SENTIMENT_WORDS[row.sentimentLabel]}</span>
                    </>
                  )}
                  {row.sentiment !== undefined && sentiment(row.sentiment, locale)}
                </td>
              )}
              {hasQa && (
                <td className={row.passed === false ? 'n status-fail' : 'n'}>
                  {row.score !== undefined && (
                    <>
                      <b>{score(row.score, passMark, locale)}</b> <span className="quiet">{row.grade}</span>
                    </>
                  )}
                </td>
              )}
              {hasQa && (
                <td className="drop-3 nowrap">
                  <Shape name={facts.qa === 'passed' ? 'pass' : facts.qa === 'failed' ? 'fail' : 'none'} />{' '}
                  {QA_WORDS[facts.qa]}
                </td>
              )}
              {hasQa && (
                <td className="rules drop-2">
                  {facts.criticalFailed && <Shape name="critical" />} {failedInWords(facts.failed, site)}
                </td>
              )}
            </tr>
          );
        })}
        <Space height={after} />
      </tbody>
    </table>
  );
}

/** Room for the rows that are not drawn. */
const Space = ({ height }: { height: number }) =>
  height > 0 ? (
    <tr>
      <td colSpan={8} style={{ height, padding: 0, border: 0 }} />
    </tr>
  ) : null;

/** Critical rules first; the first by name, the others by number. */
function failedInWords(failed: readonly string[], site: SiteData): string {
  const [first, ...others] = failed.toSorted(
    (a, b) => Number(site.critical.includes(b)) - Number(site.critical.includes(a)),
  );
  if (first === undefined) return '';
  return `${site.rules[first]?.name ?? first}${others.length > 0 ? ` + ${others.length}` : ''}`;
}
