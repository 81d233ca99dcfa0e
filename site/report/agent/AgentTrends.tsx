import { barsByWeek, lineByWeek, type Measure } from '#shared/charts/by-week.ts';
import type { CallFilter } from '#shared/filter/filter.ts';
import { count, counted, sentiment, share } from '#shared/format/format.ts';
import type { AgentPage, AgentWeek, SiteView, Totals } from '#shared/view.ts';
import Chart from '../components/ui/Chart.tsx';
import SectionHead from '../components/ui/SectionHead.tsx';
import AgentWeekTable from './AgentWeekTable.tsx';
import { averageSentiment, hollow, labelOf, passed, type TotalsFigure, weekPoints } from './by-week.tsx';
import SentimentShares from './SentimentShares.tsx';

interface Props {
  weeks: AgentPage['weeks'];
  totals: Totals;
  site: SiteView;
  /** How the lines are labelled: "Owen", "team". */
  names: { own: string; team?: string };
  /** The agent's calls and those of the team, any day. */
  own: CallFilter;
  group: CallFilter;
  /** The period that the page is about. */
  period: { from: string; to: string };
}

/** QA, sentiment and volume by week: single days of one agent are too few calls to show a trend. */
export default function AgentTrends({ weeks, totals, site, names, own, group, period }: Props) {
  const { locale, minimumN } = site;
  const options = { place: site, minimumN, names, since: period.from };
  const points = (n: TotalsFigure, value: TotalsFigure, of: CallFilter) =>
    weekPoints(weeks, n, value, { ...own, ...of });
  const hasTeam = names.team !== undefined && weeks.some(({ team }) => team !== undefined);
  const lines = hasTeam ? `; ${names.own} solid, ${names.team} dashed` : '';
  const shaded = weeks.some(({ from }) => from < period.from) ? '; shaded: this period' : '';
  const qa = points(
    (of) => of.qaEvaluated,
    (of) => of.qaPassRate,
    { qa: ['passed', 'failed'] },
  );
  const mood = points(
    (of) => of.sentimentAnalysed,
    (of) => of.averageSentiment,
    { with: ['sentiment'] },
  );
  const volume = points(
    (of) => of.calls,
    (of) => of.calls,
    {},
  );
  return (
    <>
      <div className="row trends">
        {site.hasQa && (
          <section className="section w4" aria-labelledby="qa-by-week">
            <SectionHead id="qa-by-week" title="QA passed" note={`by week${lines}${shaded}`} />
            <Chart
              options={(width) =>
                lineByWeek(qa, passed(locale), { ...options, target: site.targets?.qaPassed, width: drawnAt(width) })
              }
              label={labelOf('Share of evaluated calls that passed', qa, (rate) => share(rate, locale, 0), site)}
            />
            {hollow(qa, minimumN, 'evaluated')}
          </section>
        )}
        {site.hasSentiment && (
          <section className="section w4" aria-labelledby="sentiment-trend">
            <SectionHead id="sentiment-trend" title="Sentiment trend" note={`average call sentiment by week${lines}`} />
            <Chart
              options={(width) => lineByWeek(mood, averageSentiment(locale), { ...options, width: drawnAt(width) })}
              label={labelOf('Average call sentiment', mood, (score) => sentiment(score, locale), site)}
            />
            {hollow(mood, minimumN, 'analysed')}
            <SentimentShares totals={totals} of={{ ...own, ...period }} locale={locale} />
          </section>
        )}
        <section className="section w4 volume" aria-labelledby="call-volume">
          <SectionHead id="call-volume" title="Call volume" note="calls by week" />
          <Chart
            options={(width) => barsByWeek(volume, calls(locale), { ...options, width: drawnAt(width) })}
            label={labelOf('Calls', volume, (n) => count(n, locale), site)}
          />
          {shortWeek(weeks, locale)}
        </section>
      </div>
      <AgentWeekTable weeks={weeks} site={site} own={own} group={hasTeam ? group : undefined} team={names.team} />
    </>
  );
}

/** Three stand beside each other: at the width of one of them, not of the narrowest screen. */
const drawnAt = (width: number): number => Math.max(width, 370);

/** 1, 2, 5, 10 … 50,000. */
const STEPS = [0, 1, 2, 3, 4].flatMap((power) => [1, 2, 5].map((digit) => digit * 10 ** power));

const calls = (locale: string): Measure => ({
  bounds: [0, Number.POSITIVE_INFINITY],
  steps: STEPS,
  text: (n) => count(n, locale),
  title: (n) => counted(n, 'call', locale),
});

function shortWeek([first]: AgentWeek[], locale: string) {
  const isShort = first !== undefined && first.days < 7;
  return (
    isShort && (
      <p className="note">{`The first week has ${counted(first.days, 'day', locale)}: the data begins there.`}</p>
    )
  );
}
