import type { CallFilter } from '#shared/filter/filter.ts';
import { count, sentiment, share, spanAt } from '#shared/format/format.ts';
import type { AgentWeek, SiteView, Totals } from '#shared/view.ts';
import AsTable from '../components/ui/AsTable.tsx';
import FigureLink from '../components/ui/FigureLink.tsx';

interface Props {
  weeks: AgentWeek[];
  site: SiteView;
  own: CallFilter;
  /** Absent where nobody else is compared. */
  group: CallFilter | undefined;
  team: string | undefined;
}

/** The three charts by week as one table, with the calls behind each figure. */
export default function AgentWeekTable({ weeks, site, own, group, team }: Props) {
  const { locale, hasQa, hasSentiment } = site;
  const heads = [
    'Calls',
    ...(hasQa ? ['Evaluated', 'Passed', ...(group ? [`Passed, ${team}`] : [])] : []),
    ...(hasSentiment ? ['Average sentiment', ...(group ? [`Sentiment, ${team}`] : [])] : []),
  ];
  const passed = (totals: Totals | undefined, to: CallFilter) =>
    totals?.qaPassRate !== undefined && (
      <FigureLink figure="QA passed" to={{ ...to, qa: ['passed', 'failed'] }}>
        {share(totals.qaPassRate, locale)}
      </FigureLink>
    );
  const mood = (totals: Totals | undefined, to: CallFilter) =>
    totals?.averageSentiment !== undefined && (
      <FigureLink figure="average sentiment" to={{ ...to, with: ['sentiment'] }}>
        {sentiment(totals.averageSentiment, locale)}
      </FigureLink>
    );
  return (
    <AsTable heads={['Week', ...heads]}>
      {weeks.map((week) => {
        const [mine, theirs] = [own, group].map((of) => ({ ...of, from: week.from, to: week.to }));
        const cells = [
          <FigureLink key="calls" figure="calls" to={mine ?? {}} open={week.own.calls > 0}>
            {count(week.own.calls, locale)}
          </FigureLink>,
          ...(hasQa
            ? [
                <FigureLink
                  key="evaluated"
                  figure="evaluated"
                  to={{ ...mine, qa: ['passed', 'failed'] }}
                  open={(week.own.qaEvaluated ?? 0) > 0}
                >
                  {count(week.own.qaEvaluated ?? 0, locale)}
                </FigureLink>,
                passed(week.own, mine ?? {}),
                ...(group ? [passed(week.team, theirs ?? {})] : []),
              ]
            : []),
          ...(hasSentiment ? [mood(week.own, mine ?? {}), ...(group ? [mood(week.team, theirs ?? {})] : [])] : []),
        ];
        return (
          <tr key={week.from}>
            <th scope="row">{spanAt(week.from, week.to, site)}</th>
            {cells.map((cell, i) => (
              <td key={heads[i]} className="n">
                {cell}
              </td>
            ))}
          </tr>
        );
      })}
    </AsTable>
  );
}
