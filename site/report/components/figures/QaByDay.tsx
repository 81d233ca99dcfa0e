import { qaByDay, qaByDayLabel } from '#shared/charts/qa-by-day.ts';
import { count, dayAt, share } from '#shared/format/format.ts';
import { isEnough } from '#shared/format/rate.ts';
import { shareTarget } from '#shared/format/target.ts';
import type { DayTotals, SiteView, Totals } from '#shared/view.ts';
import AsTable from '../ui/AsTable.tsx';
import Chart from '../ui/Chart.tsx';
import FigureLink from '../ui/FigureLink.tsx';
import SectionHead from '../ui/SectionHead.tsx';
import { useScope } from '../ui/scope.ts';

interface Props {
  days: DayTotals[];
  totals: Totals;
  before: Totals;
  site: SiteView;
}

export default function QaByDay({ days, totals, before, site }: Props) {
  const { locale, minimumN, passMark } = site;
  const target = site.targets?.qaPassed;
  const enoughBefore = isEnough(minimumN, totals.qaEvaluated, before.qaEvaluated);
  const past = enoughBefore ? before.qaPassRate : undefined;
  const options = { locale, year: site.year, minimumN, before: past, target, of: useScope() };
  const aim = target === undefined ? '' : `Dashed: the target of ${shareTarget(target, locale)}. `;
  const hasFew = days.some((d) => (d.qaEvaluated ?? 0) > 0 && (d.qaEvaluated ?? 0) < minimumN);
  const few = hasFew ? `Hollow dots are days with fewer than ${minimumN} evaluated calls. ` : '';
  const n = totals.qaEvaluated ?? 0;
  const evaluated = `${count(n, locale)} evaluated ${n === 1 ? 'call' : 'calls'}.`;
  return (
    <section className="section w8" aria-labelledby="qa-by-day">
      <SectionHead
        id="qa-by-day"
        title="QA passed and failed"
        note={`share of evaluated calls at ${passMark} points or more, and calls failed, by day`}
      />
      <Chart options={(width) => qaByDay(days, { ...options, width })} label={qaByDayLabel(days, site)} />
      <p className="note">{`${aim}${few}${meansInWords(days)}${evaluated}`}</p>
      <AsTable heads={['Day', 'Evaluated', 'Passed', 'Failed', 'Share passed']}>
        {days.map((d) => {
          const [n, passed] = [d.qaEvaluated ?? 0, d.qaPassed ?? 0];
          const on = { from: d.date, to: d.date };
          return (
            <tr key={d.date}>
              <th scope="row">{dayAt(d.date, site)}</th>
              <td className="n">
                <FigureLink figure="evaluated" to={{ ...on, qa: ['passed', 'failed'] }} open={n > 0}>
                  {count(n, locale)}
                </FigureLink>
              </td>
              <td className="n">
                <FigureLink figure="passed" to={{ ...on, qa: ['passed'] }} open={passed > 0}>
                  {count(passed, locale)}
                </FigureLink>
              </td>
              <td className="n">
                <FigureLink figure="failed" to={{ ...on, qa: ['failed'] }} open={n > passed}>
                  {count(n - passed, locale)}
                </FigureLink>
              </td>
              <td className="n key">
                {d.qaPassRate !== undefined && (
                  <FigureLink figure="QA passed" to={{ ...on, qa: ['passed', 'failed'] }}>
                    {share(d.qaPassRate, locale)}
                  </FigureLink>
                )}
              </td>
            </tr>
          );
        })}
      </AsTable>
    </section>
  );
}

/** What the line is, or why it is not there. */
function meansInWords(days: readonly DayTotals[]): string {
  const points = days.filter(({ qaEvaluated }) => (qaEvaluated ?? 0) > 0);
  if (points.length > 0 && points.every(({ passedMean }) => passedMean === undefined))
    return 'The 7-day mean begins on the seventh day after the first day with a call. ';
  return '';
}
