import { callsByDay, callsByDayLabel } from '#shared/charts/calls-by-day.ts';
import { count, dayAt, duration } from '#shared/format/format.ts';
import type { DayTotals, SiteView } from '#shared/view.ts';
import AsTable from '../ui/AsTable.tsx';
import Chart from '../ui/Chart.tsx';
import FigureLink from '../ui/FigureLink.tsx';
import SectionHead from '../ui/SectionHead.tsx';
import { useScope } from '../ui/scope.ts';

interface Props {
  days: DayTotals[];
  site: SiteView;
}

export default function CallsByDay({ days, site }: Props) {
  const { locale } = site;
  const of = useScope();
  const timed = days.some((d) => d.averageDurationSeconds !== undefined);
  return (
    <section className="section w8" aria-labelledby="calls-by-day">
      <SectionHead id="calls-by-day" title="Calls per day" note="weekends fainter, the last day strongest" />
      <Chart
        options={(width) => callsByDay(days, { width, locale, year: site.year, of })}
        label={callsByDayLabel(days, site)}
      />
      <AsTable heads={['Day', 'Calls', ...(timed ? ['Average length'] : [])]}>
        {days.map((d) => (
          <tr key={d.date}>
            <th scope="row">{dayAt(d.date, site)}</th>
            <td className="n key">
              <FigureLink figure="calls" to={{ from: d.date, to: d.date }} open={d.calls > 0}>
                {count(d.calls, locale)}
              </FigureLink>
            </td>
            {timed && (
              <td className="n">
                {d.averageDurationSeconds !== undefined && (
                  <FigureLink figure="average length" to={{ from: d.date, to: d.date, with: ['duration'] }}>
                    {duration(d.averageDurationSeconds)}
                  </FigureLink>
                )}
              </td>
            )}
          </tr>
        ))}
      </AsTable>
    </section>
  );
}
