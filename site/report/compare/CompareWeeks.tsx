import { lineByWeek } from '#shared/charts/by-week.ts';
import type { Compared, Comparison } from '#shared/figures/compare/compared.ts';
import { callsOf } from '#shared/figures/dataset.ts';
import { sentiment, share } from '#shared/format/format.ts';
import AgentWeekTable from '../agent/AgentWeekTable.tsx';
import { averageSentiment, hollow, labelOf, passed, type TotalsFigure, weekPoints } from '../agent/by-week.tsx';
import Chart from '../components/ui/Chart.tsx';
import SectionHead from '../components/ui/SectionHead.tsx';
import { headOf } from './heads.ts';

/** Each column's share of passed calls by week, or its sentiment where nothing is evaluated: all on one scale. */
export default function CompareWeeks({ view }: { view: Comparison }) {
  const { site, columns, of } = view;
  const { locale, minimumN } = site;
  if (!(site.hasQa || site.hasSentiment) || columns.every(({ weeks }) => weeks.length < 2)) return null;
  const n: TotalsFigure = (totals) => (site.hasQa ? totals.qaEvaluated : totals.sentimentAnalysed);
  const value: TotalsFigure = (totals) => (site.hasQa ? totals.qaPassRate : totals.averageSentiment);
  const measure = site.hasQa ? passed(locale) : averageSentiment(locale);
  const text = (figure: number) => (site.hasQa ? share(figure, locale, 0) : sentiment(figure, locale));
  const title = site.hasQa ? 'QA passed' : 'Average call sentiment';
  const pointsOf = ({ agent, weeks }: Compared) =>
    weekPoints(weeks, n, value, {
      ...callsOf(agent),
      ...(site.hasQa ? { qa: ['passed', 'failed'] } : { with: ['sentiment'] }),
    });
  const all = columns.flatMap(({ weeks }) => weeks.flatMap(({ own }) => value(own) ?? []));
  return (
    <section className="section" aria-labelledby="weeks-compared">
      <SectionHead
        id="weeks-compared"
        title={`${title} by week`}
        note={`all on one scale; shaded: ${of === 'agents' ? 'this period' : 'the period'}`}
      />
      <div className="compare-weeks">
        {columns.map((column) => {
          const points = pointsOf(column);
          const head = headOf(view, column);
          return (
            <div key={head}>
              <h3>{head}</h3>
              <Chart
                narrow
                options={(width) =>
                  lineByWeek(points, measure, {
                    width,
                    place: site,
                    minimumN,
                    names: { own: '' },
                    since: column.period.from,
                    beside: all,
                    ...(site.hasQa && { target: site.targets?.qaPassed }),
                  })
                }
                label={labelOf(`${head}: ${title.toLowerCase().replace('qa', 'QA')}`, points, text, site)}
              />
              {hollow(points, minimumN, site.hasQa ? 'evaluated' : 'analysed')}
              <AgentWeekTable
                weeks={column.weeks}
                site={site}
                own={callsOf(column.agent)}
                group={undefined}
                team={undefined}
              />
            </div>
          );
        })}
      </div>
    </section>
  );
}
