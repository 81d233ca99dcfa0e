import type { CallFilter } from '#shared/filter/filter.ts';
import { count, spanAt } from '#shared/format/format.ts';
import { failedOf } from '#shared/format/rate.ts';
import type { RuleLine, SiteView } from '#shared/view.ts';
import FigureLink from '../components/ui/FigureLink.tsx';
import SectionHead from '../components/ui/SectionHead.tsx';

interface Props {
  /** Weakest first, each by week. */
  rules: RuleLine[];
  site: SiteView;
  /** The agent's calls, any day. */
  own: CallFilter;
}

/** On paper; the style sheet leaves the other rows out. */
const PRINTED = 8;

/** Why calls failed, by week of the period: nothing where that has no two weeks. */
export default function AgentWeeks({ rules, site, own }: Props) {
  const { locale } = site;
  const failing = rules.filter((rule) => failedOf(rule) > 0);
  const weeks = failing[0]?.byWeek ?? [];
  if (weeks.length <= 1) return null;
  /** A narrow screen has room for the last two. */
  const classAt = (at: number) => (at < weeks.length - 2 ? 'n drop-2' : 'n');
  return (
    <section className="section" aria-labelledby="by-week">
      <SectionHead
        id="by-week"
        title="QA fail reasons"
        note="by week: calls on which the rule failed, of those checked"
      />
      <table className="table by-week">
        <thead>
          <tr>
            <th scope="col">Rule</th>
            {weeks.map(({ from, to }, at) => (
              <th key={from} scope="col" className={classAt(at)}>
                {spanAt(from, to, site)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {failing.map((rule) => (
            <tr key={rule.id}>
              <th scope="row">{rule.name}</th>
              {(rule.byWeek ?? []).map((week, at) => {
                const of = { ...own, from: week.from, to: week.to, rule: [rule.id] };
                return (
                  <td key={week.from} className={classAt(at)}>
                    {week.evaluated > 0 && (
                      <span>
                        <FigureLink figure="rule failed" to={of} open={failedOf(week) > 0}>
                          {count(failedOf(week), locale)}
                        </FigureLink>{' '}
                        <span className="quiet">
                          of{' '}
                          <FigureLink figure="rule evaluated" to={{ ...of, result: 'evaluated' }}>
                            {count(week.evaluated, locale)}
                          </FigureLink>
                        </span>
                      </span>
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      {failing.length > PRINTED && (
        <p className="note printed">
          The {PRINTED} weakest of {failing.length} rules that failed; the page on screen has all.
        </p>
      )}
    </section>
  );
}
