import { countDifference } from '#shared/format/change.ts';
import { count, share } from '#shared/format/format.ts';
import { DIRECTIONS } from '#shared/format/labels.ts';
import type { SiteView, Totals, Window } from '#shared/view.ts';
import ChangeWords from '../ui/ChangeWords.tsx';
import FigureLink from '../ui/FigureLink.tsx';
import Icon from '../ui/Icon.tsx';
import SectionHead from '../ui/SectionHead.tsx';
import Stack from '../ui/Stack.tsx';

interface Props {
  totals: Totals;
  before: Totals;
  window: Pick<Window, 'from' | 'to' | 'days' | 'before' | 'perDay'>;
  site: SiteView;
}

const PARTS = [
  { key: 'inbound', tone: 'in' },
  { key: 'outbound', tone: 'out' },
  { key: 'internal', tone: 'int' },
  { key: 'unknown', tone: 'none' },
] as const;

/** One bar of all directions, and each in words. */
export default function DirectionTable({ totals, before, window, site }: Props) {
  const { locale } = site;
  const { from, to } = window;
  const rows = PARTS.filter(({ key }) => totals[key] > 0 || before[key] > 0).map((row) => ({
    ...row,
    to: { from, to, direction: [row.key] },
  }));
  return (
    <section className="section w4" aria-labelledby="direction">
      <SectionHead id="direction" title="Direction" note="of all calls in the period" />
      <Stack
        parts={rows.map(({ key, tone, to: filter }) => ({ name: tone, value: totals[key], to: filter }))}
        height={34}
      />
      <table className="table">
        <thead>
          <tr>
            <th scope="col">Direction</th>
            <th scope="col" className="n">
              Calls
            </th>
            <th scope="col" className="n">
              Share
            </th>
            {before.calls > 0 && (
              <th scope="col" className="n">
                {window.perDay ? 'Change per day' : 'Change'}
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, tone, to: filter }) => (
            <tr key={key}>
              <th scope="row">
                <i className={`swatch s-${tone}`} /> <Icon name={key} /> {DIRECTIONS[key]}
              </th>
              <td className="n key">
                <FigureLink figure={key} to={filter} open={totals[key] > 0}>
                  {count(totals[key], locale)}
                </FigureLink>
              </td>
              <td className="n">
                <FigureLink figure="direction share" to={filter} open={totals[key] > 0}>
                  {share(totals.calls ? totals[key] / totals.calls : 0, locale)}
                </FigureLink>
              </td>
              {before.calls > 0 && (
                <td className="n">
                  <ChangeWords change={countDifference(totals[key], before[key], locale, window)} short />
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
