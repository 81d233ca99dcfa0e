import { lengthOf } from '#shared/calendar/range.ts';
import { countChange, hoursChange, pointsChange, secondsChange, sentimentChange } from '#shared/format/change.ts';
import { englishLocaleOf } from '#shared/format/english.ts';
import { count, decimal, duration, hours, sentiment, share, spanAt } from '#shared/format/format.ts';
import { DIRECTIONS } from '#shared/format/labels.ts';
import { passedInWords } from '#shared/format/passed.ts';
import { isEnough } from '#shared/format/rate.ts';
import type { DayTotals, SiteView, Totals, Window } from '#shared/view.ts';
import Figure from '../ui/Figure.tsx';
import Door from '../ui/FigureLink.tsx';
import Stack from '../ui/Stack.tsx';

interface Props {
  totals: Totals;
  before: Totals;
  /** Of the same month a year earlier, beside the change from the month before. */
  yearBefore?: Totals | undefined;
  days: DayTotals[];
  window: Pick<Window, 'from' | 'to' | 'days' | 'before' | 'yearBefore' | 'perDay'>;
  site: SiteView;
}

/** What happened in the period, each against the one before it where there is such a one. */
export default function KeyFigures({ totals: t, before: b, yearBefore: y, days, window, site }: Props) {
  const { locale, minimumN } = site;
  const { from, to, before: past } = window;
  const compared = past !== undefined;
  const enough = (now: number | undefined, before: number | undefined): boolean =>
    compared && isEnough(minimumN, now, before);
  const earlier = (words: string | false | undefined): string | undefined =>
    y && window.yearBefore && words
      ? `${spanAt(window.yearBefore.from, window.yearBefore.to, { locale: englishLocaleOf(locale), year: '' })}: ${words}`
      : undefined;
  const perDay = y && window.yearBefore ? y.calls / lengthOf(window.yearBefore) : 0;
  return (
    <dl className="figures">
      <Figure
        locale={locale}
        name="Calls"
        value={count(t.calls, locale)}
        to={{ from, to }}
        past={past}
        change={compared ? countChange(t.calls, b.calls, locale, window) : undefined}
        second={earlier(`${decimal(perDay, locale)} per day`)}
        spark={days.map((d) => d.calls)}
      />
      {t.durationSeconds !== undefined && (
        <Figure
          locale={locale}
          name="Talk time"
          value={hours(t.durationSeconds)}
          unit="h:mm"
          to={{ from, to, with: ['duration'] }}
          past={{ ...past, with: ['duration'] }}
          change={
            compared && b.durationSeconds !== undefined
              ? hoursChange(t.durationSeconds, b.durationSeconds, locale, window)
              : undefined
          }
          spark={days.map((d) => d.durationSeconds)}
        />
      )}
      {t.averageDurationSeconds !== undefined && (
        <Figure
          locale={locale}
          name="Average call"
          value={duration(t.averageDurationSeconds)}
          unit={t.averageDurationSeconds < 3600 ? 'mm:ss' : 'h:mm:ss'}
          to={{ from, to, with: ['duration'] }}
          past={{ ...past, with: ['duration'] }}
          change={
            compared && b.averageDurationSeconds !== undefined
              ? secondsChange(t.averageDurationSeconds, b.averageDurationSeconds, locale)
              : undefined
          }
          second={earlier(y?.averageDurationSeconds !== undefined && duration(y.averageDurationSeconds))}
          n={t.durationCalls !== t.calls ? t.durationCalls : undefined}
          spark={days.map((d) => d.averageDurationSeconds)}
        />
      )}
      {t.averageSentiment !== undefined && (
        <Figure
          locale={locale}
          name="Average call sentiment"
          value={sentiment(t.averageSentiment, locale)}
          to={{ from, to, with: ['sentiment'] }}
          past={{ ...past, with: ['sentiment'] }}
          change={
            b.averageSentiment !== undefined && enough(t.sentimentAnalysed, b.sentimentAnalysed)
              ? sentimentChange(t.averageSentiment, b.averageSentiment, locale)
              : undefined
          }
          second={earlier(
            y?.averageSentiment !== undefined &&
              isEnough(minimumN, y.sentimentAnalysed) &&
              sentiment(y.averageSentiment, locale),
          )}
          n={t.sentimentAnalysed}
          spark={days.map((d) => d.averageSentiment)}
        />
      )}
      {t.qaPassRate !== undefined && (
        <Figure
          locale={locale}
          name="QA passed"
          value={passedInWords(t, site)}
          kind={isEnough(minimumN, t.qaEvaluated) ? undefined : 'QA passed, of few'}
          to={{ from, to, qa: ['passed', 'failed'] }}
          past={{ ...past, qa: ['passed', 'failed'] }}
          change={
            b.qaPassRate !== undefined && enough(t.qaEvaluated, b.qaEvaluated)
              ? pointsChange(t.qaPassRate, b.qaPassRate, locale)
              : undefined
          }
          second={earlier(
            y?.qaPassRate !== undefined && isEnough(minimumN, y.qaEvaluated) && share(y.qaPassRate, locale),
          )}
          n={isEnough(minimumN, t.qaEvaluated) ? t.qaEvaluated : undefined}
          spark={days.map((d) => d.qaPassRate)}
        />
      )}
      {t.inbound + t.outbound + t.internal > 0 && (
        <Directions totals={t} before={b} from={from} to={to} locale={locale} />
      )}
    </dl>
  );
}

/** Calls that came in against calls that went out. */
function Directions({
  totals: t,
  before: b,
  from,
  to,
  locale,
}: {
  totals: Totals;
  before: Totals;
  from: string;
  to: string;
  locale: string;
}) {
  const toOne = ({ inbound, outbound }: Totals) => (outbound > 0 ? decimal(inbound / outbound, locale) : undefined);
  const was = toOne(b) ? `, was ${toOne(b)}` : '';
  const doors = (['inbound', 'outbound'] as const).map((direction) => (
    <Door key={direction} figure={direction} to={{ from, to, direction: [direction] }} open={t[direction] > 0}>
      {count(t[direction], locale)}
    </Door>
  ));
  return (
    <Figure
      locale={locale}
      name="Inbound : outbound"
      value={
        <>
          {doors[0]} : {doors[1]}
        </>
      }
      line={t.outbound === 0 ? 'no outbound calls' : t.inbound === 0 ? 'no inbound calls' : `${toOne(t)} to 1${was}`}
    >
      <dd className="figure-drawn">
        <Stack
          height={14}
          parts={[
            {
              name: 'in',
              value: t.inbound,
              to: { from, to, direction: ['inbound'] },
              hint: `${DIRECTIONS.inbound}: ${count(t.inbound, locale)}`,
            },
            {
              name: 'out',
              value: t.outbound,
              to: { from, to, direction: ['outbound'] },
              hint: `${DIRECTIONS.outbound}: ${count(t.outbound, locale)}`,
            },
            {
              name: 'int',
              value: t.internal,
              to: { from, to, direction: ['internal'] },
              hint: `${DIRECTIONS.internal}: ${count(t.internal, locale)}`,
            },
          ]}
        />
      </dd>
    </Figure>
  );
}
