import { lengthOf } from '#shared/calendar/range.ts';
import { englishLocaleOf } from '#shared/format/english.ts';
import { count, dayOfMonthAt, spanAt } from '#shared/format/format.ts';
import { partyName } from '#shared/format/party-name.ts';
import type { SiteView, RepeatCallers as View } from '#shared/view.ts';
import FigureLink from '../ui/FigureLink.tsx';
import SectionHead from '../ui/SectionHead.tsx';

interface Props {
  repeated: View;
  site: SiteView;
}

/** Outside parties that were spoken with again and again. */
export default function RepeatCallers({ repeated: { from, to, total, callers }, site: { locale, year } }: Props) {
  const days = lengthOf({ from, to });
  return (
    <section className="section w4" aria-labelledby="repeat-callers">
      <SectionHead
        id="repeat-callers"
        title="Repeat callers"
        note={`3 or more calls in ${days === 1 ? 'one day' : `${days} days`}, ${spanAt(from, to, { locale: englishLocaleOf(locale), year })}`}
      />
      {callers.length === 0 ? (
        <p className="note">No repeat callers in this period.</p>
      ) : (
        <table className="table">
          <thead>
            <tr>
              <th scope="col">Caller</th>
              <th scope="col" className="n">
                Calls
              </th>
              <th scope="col" className="n">
                On days
              </th>
              <th scope="col" className="n">
                Last
              </th>
            </tr>
          </thead>
          <tbody>
            {callers.map(({ party, calls, days, last }) => (
              <tr key={party}>
                <th scope="row">{partyName(party)}</th>
                <td className="n key">
                  <FigureLink figure="repeat caller" to={{ from, to, party: [party] }}>
                    {count(calls, locale)}
                  </FigureLink>
                </td>
                <td className="n">{count(days, locale)}</td>
                <td className="n">{dayOfMonthAt(last, { locale, year })}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {total > callers.length && (
        <p className="note">
          The {count(callers.length, locale)} with most calls of {count(total, locale)}.
        </p>
      )}
    </section>
  );
}
