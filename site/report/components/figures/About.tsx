import { type DimensionId, dimensionName, dimensionValue } from '#shared/filter/dimension-id.ts';
import type { CallFilter } from '#shared/filter/filter.ts';
import { countChange } from '#shared/format/change.ts';
import { count } from '#shared/format/format.ts';
import { partInWords } from '#shared/format/passed.ts';
import { isEnough } from '#shared/format/rate.ts';
import type { AboutLine, AboutTable, SiteView, Window } from '#shared/view.ts';
import ChangeWords from '../ui/ChangeWords.tsx';
import FigureLink from '../ui/FigureLink.tsx';

interface Props {
  table: AboutTable;
  window: Pick<Window, 'from' | 'to' | 'days' | 'before' | 'perDay'>;
  site: SiteView;
  /** Rows at most; absent: all. */
  limit?: number;
}

/** The values of a dimension, each with what came of its calls. What the data does not have is no column. */
export default function About({ table: { id, lines }, window, site, limit = lines.length }: Props) {
  const { from, to } = window;
  const has = {
    change: window.before !== undefined && lines.some(({ before }) => before > 0),
    sentiment: site.hasSentiment && lines.some(({ analysed }) => analysed > 0),
    qa: site.hasQa && lines.some(({ evaluated }) => evaluated > 0),
    rule: lines.some(({ rule }) => rule),
  };
  return (
    <table className="table">
      <thead>
        <tr>
          <th scope="col">{dimensionName(id)}</th>
          <th scope="col" className="n">
            Calls
          </th>
          {has.change && (
            <th scope="col" className="n drop-3">
              {window.perDay ? 'Change per day' : 'Change'}
            </th>
          )}
          {has.sentiment && (
            <th scope="col" className="n">
              Negative
            </th>
          )}
          {has.qa && (
            <th scope="col" className="n">
              Passed
            </th>
          )}
          {has.rule && (
            <th scope="col" className="drop-3">
              Most failed rule
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {lines.slice(0, limit).map((line) => (
          <tr key={line.value ?? ''} className={line.value === undefined ? 'unranked' : undefined}>
            <th scope="row">{line.value === undefined ? 'Other' : dimensionValue(id, line.value)}</th>
            <td className="n key">
              <Link line={line} id={id} figure="calls" to={{ from, to }} open={line.calls > 0}>
                {count(line.calls, site.locale)}
              </Link>
            </td>
            {has.change && (
              <td className="n drop-3">
                {line.before > 0 && (
                  <ChangeWords change={countChange(line.calls, line.before, site.locale, window)} short />
                )}
              </td>
            )}
            {has.sentiment && (
              <td className="n">
                <Negative line={line} id={id} own={{ from, to }} site={site} />
              </td>
            )}
            {has.qa && (
              <td className="n key">
                <Passed line={line} id={id} own={{ from, to }} site={site} />
              </td>
            )}
            {has.rule && (
              <td className="drop-3">
                <Rule line={line} id={id} own={{ from, to }} site={site} />
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface CellProps {
  line: AboutLine;
  id: DimensionId;
  /** The days. */
  own: CallFilter;
  site: SiteView;
}

/** A figure of a value that opens its calls; values that are not told apart have no address. */
function Link({
  line: { value },
  id,
  to,
  ...rest
}: Pick<CellProps, 'line' | 'id'> & { figure: string; to: CallFilter; open?: boolean; children: string }) {
  return value === undefined ? rest.children : <FigureLink {...rest} to={{ ...to, [id]: [value] }} />;
}

function Negative({ line, id, own, site }: CellProps) {
  const { negative, analysed } = line;
  if (analysed === 0) return null;
  const figure = isEnough(site.minimumN, analysed) ? 'sentiment share' : 'negative, of few';
  return (
    <Link line={line} id={id} figure={figure} to={{ ...own, sentiment: ['negative'] }} open={negative > 0}>
      {partInWords(negative, analysed, site, 0)}
    </Link>
  );
}

function Passed({ line, id, own, site }: CellProps) {
  const { passed, evaluated } = line;
  if (evaluated === 0) return null;
  const figure = isEnough(site.minimumN, evaluated) ? 'QA passed' : 'QA passed, of few';
  return (
    <Link line={line} id={id} figure={figure} to={{ ...own, qa: ['passed', 'failed'] }}>
      {partInWords(passed, evaluated, site)}
    </Link>
  );
}

/** "Offers further help 10 of 42". */
function Rule({ line, id, own, site: { locale } }: CellProps) {
  const { rule } = line;
  if (!rule) return null;
  const to = { ...own, rule: [rule.id] };
  return (
    <>
      {rule.name}{' '}
      {rule.critical && (
        <>
          <span className="tag">critical</span>{' '}
        </>
      )}
      <span className="quiet nowrap">
        <Link line={line} id={id} figure="rule failed" to={to}>
          {count(rule.failed, locale)}
        </Link>{' '}
        of{' '}
        <Link line={line} id={id} figure="rule evaluated" to={{ ...to, result: 'evaluated' }}>
          {count(rule.evaluated, locale)}
        </Link>
      </span>
    </>
  );
}
