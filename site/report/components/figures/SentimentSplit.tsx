import { weeks } from '#shared/calendar/days.ts';
import type { CallFilter } from '#shared/filter/filter.ts';
import { count, sentiment, share, spanAt } from '#shared/format/format.ts';
import { SENTIMENTS } from '#shared/format/labels.ts';
import type { SentimentLabel } from '#shared/model.ts';
import type { DayTotals, SiteView, Totals } from '#shared/view.ts';
import FigureLink from '../ui/FigureLink.tsx';
import Icon from '../ui/Icon.tsx';
import SectionHead from '../ui/SectionHead.tsx';
import Stack from '../ui/Stack.tsx';

interface Props {
  totals: Totals;
  days: DayTotals[];
  site: SiteView;
}

export default function SentimentSplit({ totals, days, site }: Props) {
  const { locale } = site;
  const whole = { from: days[0]?.date, to: days.at(-1)?.date };
  const parts = partsOf([totals], whole);
  const labelled = parts.reduce((n, part) => n + part.value, 0);
  const rows = weeks(days).map((week) => {
    const n = week.reduce((sum, d) => sum + (d.sentimentAnalysed ?? 0), 0);
    const score = week.reduce((sum, d) => sum + (d.sentimentSum ?? 0), 0) / n;
    const [from, to] = [week[0]?.date ?? '', week.at(-1)?.date ?? ''];
    return { from, to, parts: partsOf(week, { from, to }), n, score };
  });
  const unlabelled = totals.calls - totals.tooShort - labelled;
  return (
    <section className="section w4" aria-labelledby="sentiment">
      <SectionHead id="sentiment" title="Sentiment" note="share of analysed calls" />
      {labelled === 0 ? (
        <p className="note">No call in this period has a sentiment label.</p>
      ) : (
        <>
          <ul className="stack-legend">
            {parts.map((part) => (
              <li key={part.name}>
                <Icon name={part.name} /> {part.label}{' '}
                <b>
                  <FigureLink figure="sentiment share" to={part.to} open={part.value > 0}>
                    {share(part.value / labelled, locale, 0)}
                  </FigureLink>
                </b>
              </li>
            ))}
          </ul>
          <Stack parts={hinted(parts, locale)} height={34} />
          {rows.length > 1 && (
            <table className="stack-weeks">
              <caption className="visually-hidden">Sentiment by week: calls of each label, and the average</caption>
              <tbody>
                {rows.map(
                  (row) =>
                    row.n > 0 && (
                      <tr key={row.from}>
                        <th scope="row">{spanAt(row.from, row.to, site)}</th>
                        <td>
                          <Stack parts={hinted(row.parts, locale)} height={16} />
                          <span className="visually-hidden">
                            {row.parts.map((part) => `${part.label} ${count(part.value, locale)}`).join(', ')}
                          </span>
                        </td>
                        <td>
                          <FigureLink
                            figure="average sentiment"
                            to={{ from: row.from, to: row.to, with: ['sentiment'] }}
                          >
                            {sentiment(row.score, locale)}
                          </FigureLink>
                        </td>
                      </tr>
                    ),
                )}
              </tbody>
            </table>
          )}
          <p className="note">
            {`${count(labelled, locale)} analysed ${labelled === 1 ? 'call' : 'calls'}`}
            {unlabelled > 0 && (
              <>
                {'; '}
                <FigureLink figure="not analysed" to={{ ...whole, sentiment: ['none'] }}>
                  {count(unlabelled, locale)}
                </FigureLink>
                {unlabelled === 1 ? ' call' : ' calls'} not analysed
              </>
            )}
            {rows.length > 1 ? '. Right: average call sentiment, the mean of positive − negative.' : '.'}
          </p>
        </>
      )}
    </section>
  );
}

/** Negative at the left, positive at the right, mixed, where there is any, and neutral between them; each with the calls that it is. */
function partsOf(all: Totals[], of: CallFilter) {
  const sum = (key: SentimentLabel) => all.reduce((n, t) => n + (t[key] ?? 0), 0);
  const part = (name: SentimentLabel) => ({
    name,
    label: SENTIMENTS[name],
    value: sum(name),
    to: { ...of, sentiment: [name] },
  });
  return [part('negative'), ...(sum('mixed') > 0 ? [part('mixed')] : []), part('neutral'), part('positive')];
}

/** The same with what a bar's part says: "Negative: 120 of 480 analysed calls". */
function hinted<P extends { label: string; value: number }>(parts: readonly P[], locale: string) {
  const n = count(
    parts.reduce((sum, { value }) => sum + value, 0),
    locale,
  );
  return parts.map((part) => ({ ...part, hint: `${part.label}: ${count(part.value, locale)} of ${n} analysed calls` }));
}
