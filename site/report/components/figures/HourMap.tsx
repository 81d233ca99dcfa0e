import { weekdayOf } from '#shared/calendar/days.ts';
import { weekdayName } from '#shared/format/english.ts';
import { count } from '#shared/format/format.ts';
import type { DayTotals, SiteView } from '#shared/view.ts';
import FigureLink from '../ui/FigureLink.tsx';
import SectionHead from '../ui/SectionHead.tsx';

interface Props {
  days: DayTotals[];
  site: SiteView;
  /** Nothing stands beside it. */
  wide?: boolean;
}

/** Steps of the shade, beside none. */
const STEPS = 4;

/** When calls come: hours by weekdays, in the tenant's time zone. */
export default function HourMap({ days, site, wide = false }: Props) {
  const { locale, weekStart = 1 } = site;
  const weekdays = Array.from({ length: 7 }, (_, i) => (weekStart + i) % 7).flatMap((weekday) => {
    const own = days.filter((d) => weekdayOf(d.date) === weekday);
    // A weekday that the period does not have is no row: empty, it would say that nobody called.
    return own.length === 0 ? [] : [{ weekday, name: weekdayName(weekday, locale, 'short'), hours: hoursOf(own) }];
  });
  const known = weekdays.flatMap(({ hours }) => [...hours.keys()]);
  if (known.length === 0) return null;
  const [first, last] = [Math.min(...known), Math.max(...known)];
  const columns = Array.from({ length: last - first + 1 }, (_, i) => first + i);
  const most = Math.max(...weekdays.flatMap(({ hours }) => [...hours.values()]));
  const span = { from: days[0]?.date, to: days.at(-1)?.date };
  return (
    <section className={wide ? 'section' : 'section w8'} aria-labelledby="hours">
      <SectionHead id="hours" title="When calls come" note={`by weekday and hour of the start, ${site.timeZone}`} />
      <div className="scroll">
        <table className="table hours">
          <thead>
            <tr>
              <th scope="col">Weekday</th>
              {columns.map((hour) => (
                <th scope="col" key={hour}>
                  {String(hour).padStart(2, '0')}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {weekdays.map(({ weekday, name, hours }) => (
              <tr key={weekday}>
                <th scope="row">{name}</th>
                {columns.map((hour) => {
                  const n = hours.get(hour) ?? 0;
                  return (
                    <td key={hour} className={n > 0 ? `hour-${Math.ceil((STEPS * n) / most)}` : undefined}>
                      {n > 0 && (
                        <FigureLink figure="hour" to={{ ...span, weekday: [String(weekday)], hour: [String(hour)] }}>
                          {count(n, locale)}
                        </FigureLink>
                      )}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

/** Hour → calls, over some days. */
function hoursOf(days: DayTotals[]): Map<number, number> {
  const hours = new Map<number, number>();
  for (const [hour, calls] of days.flatMap((d) => Object.entries(d.hours ?? {})))
    hours.set(Number(hour), (hours.get(Number(hour)) ?? 0) + calls);
  return hours;
}
