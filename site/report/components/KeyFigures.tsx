import { countChange, hoursChange, pointsChange, secondsChange, sentimentChange } from '#lib/change.ts';
import { count, decimal, duration, hours, sentiment, share } from '#lib/format.ts';
import type { DayTotals, SiteView, Totals, Window } from '#view';
import Door from './Door.tsx';
import Figure from './Figure.tsx';
import Stack from './Stack.tsx';

interface Props {
  totals: Totals;
  before: Totals;
  days: DayTotals[];
  window: Pick<Window, 'from' | 'to' | 'before'>;
  site: SiteView;
}

export default function KeyFigures({ totals: t, before: b, days, window: { from, to, before: past }, site }: Props) {
  const { locale, minimumN } = site;
  const compared = b.calls > 0;
  const enough = (n: number | undefined): boolean => (n ?? 0) >= minimumN;
  return (
    <dl className="figures">
      <Figure
        locale={locale}
        name="Calls"
        value={count(t.calls, locale)}
        to={{ from, to }}
        past={past}
        change={compared ? countChange(t.calls, b.calls, locale) : undefined}
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
              ? hoursChange(t.durationSeconds, b.durationSeconds, locale)
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
            b.averageDurationSeconds !== undefined
              ? secondsChange(t.averageDurationSeconds, b.averageDurationSeconds, locale)
              : undefined
          }
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
            b.averageSentiment !== undefined && enough(b.sentimentAnalysed)
              ? sentimentChange(t.averageSentiment, b.averageSentiment, locale)
              : undefined
          }
          n={t.sentimentAnalysed}
          spark={days.map((d) => d.averageSentiment)}
        />
      )}
      {t.qaPassRate !== undefined && (
        <Figure
          locale={locale}
          name="QA passed"
          value={share(t.qaPassRate, locale)}
          to={{ from, to, qa: ['passed', 'failed'] }}
          past={{ ...past, qa: ['passed', 'failed'] }}
          change={
            b.qaPassRate !== undefined && enough(b.qaEvaluated)
              ? pointsChange(t.qaPassRate, b.qaPassRate, locale)
              : undefined
          }
          n={t.qaEvaluated}
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
      line={t.outbound === 0 ? 'no call went out' : t.inbound === 0 ? 'no call came in' : `${toOne(t)} to 1${was}`}
    >
      <dd>
        <Stack
          height={14}
          parts={[
            { name: 'in', value: t.inbound, to: { from, to, direction: ['inbound'] } },
            { name: 'out', value: t.outbound, to: { from, to, direction: ['outbound'] } },
            { name: 'int', value: t.internal, to: { from, to, direction: ['internal'] } },
          ]}
        />
      </dd>
    </Figure>
  );
}
