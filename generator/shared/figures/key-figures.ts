import { lengthOf } from '../calendar/range.ts';
import type { CallFilter } from '../filter/filter.ts';
import {
  type Change,
  countChange,
  hoursChange,
  pointsChange,
  type Spans,
  secondsChange,
  sentimentChange,
} from '../format/change.ts';
import { englishLocaleOf } from '../format/english.ts';
import { count, decimal, duration, hours, sentiment, spanAt } from '../format/format.ts';
import { passedInWords } from '../format/passed.ts';
import { isEnough } from '../format/rate.ts';
import type { SiteView, Totals, Window } from '../view.ts';

type Told = Pick<SiteView, 'locale' | 'minimumN'>;

/** One figure of a period, as the overview and the digest give it. */
export interface KeyFigure {
  name: string;
  /** Undefined where the data lacks it: then it is shown nowhere. */
  value: (totals: Totals) => number | undefined;
  /** The value as it is shown. Asked for only where there is one. */
  inWords: (totals: Totals, site: Told) => string;
  unit?: (value: number) => string;
  /** The calls that it is of, without a period. */
  filter: CallFilter;
  /** Against another period. */
  change: (now: number, before: number, locale: string, spans: Spans | undefined) => Change;
  /** What a rise and a fall are called where neither is better nor worse. */
  words: [rise: string, fall: string];
  /** How many calls a share or a mean is over; a volume has none. */
  covers?: (totals: Totals) => number | undefined;
  /** `covers` where it is told. */
  n?: (totals: Totals, site: Told) => number | undefined;
  /** Compared nowhere with fewer calls than minimum n. */
  fromMinimumN?: true;
  /** What a link of it says that it is, where that is not its name. */
  kind?: (totals: Totals, site: Told) => string | undefined;
}

/** In the order of the overview. */
export const KEY_FIGURES = {
  calls: {
    name: 'Calls',
    value: ({ calls }) => calls,
    inWords: ({ calls }, { locale }) => count(calls, locale),
    filter: {},
    change: countChange,
    words: ['more', 'fewer'],
  },
  talkTime: {
    name: 'Talk time',
    value: ({ durationSeconds }) => durationSeconds,
    inWords: ({ durationSeconds = 0 }) => hours(durationSeconds),
    unit: () => 'h:mm',
    filter: { with: ['duration'] },
    change: hoursChange,
    words: ['more', 'less'],
  },
  averageCall: {
    name: 'Average call',
    value: ({ averageDurationSeconds }) => averageDurationSeconds,
    inWords: ({ averageDurationSeconds = 0 }) => duration(averageDurationSeconds),
    unit: (seconds) => (seconds < 3600 ? 'mm:ss' : 'h:mm:ss'),
    filter: { with: ['duration'] },
    change: secondsChange,
    words: ['longer', 'shorter'],
    covers: ({ durationCalls }) => durationCalls,
    n: ({ durationCalls, calls }) => (durationCalls === calls ? undefined : durationCalls),
  },
  averageSentiment: {
    name: 'Average call sentiment',
    value: ({ averageSentiment }) => averageSentiment,
    inWords: ({ averageSentiment = 0 }, { locale }) => sentiment(averageSentiment, locale),
    filter: { with: ['sentiment'] },
    change: sentimentChange,
    words: ['higher', 'lower'],
    covers: ({ sentimentAnalysed }) => sentimentAnalysed,
    n: ({ sentimentAnalysed }) => sentimentAnalysed,
    fromMinimumN: true,
  },
  qaPassed: {
    name: 'QA passed',
    value: ({ qaPassRate }) => qaPassRate,
    inWords: passedInWords,
    filter: { qa: ['passed', 'failed'] },
    change: (now, before, locale) => pointsChange(now, before, locale),
    words: ['higher', 'lower'],
    covers: ({ qaEvaluated }) => qaEvaluated,
    n: ({ qaEvaluated }, { minimumN }) => (isEnough(minimumN, qaEvaluated) ? qaEvaluated : undefined),
    fromMinimumN: true,
    kind: ({ qaEvaluated }, { minimumN }) => (isEnough(minimumN, qaEvaluated) ? undefined : 'QA passed, of few'),
  },
} as const satisfies { [key: string]: KeyFigure };

/** Which key figure it is. */
export type KeyFigureId = keyof typeof KEY_FIGURES;

/** Calls that came in against calls that went out: two counts, so it is told in words of each place's own. */
export const DIRECTIONS_FIGURE = 'Inbound : outbound';

/** "Dec 2024: 07:41"; calls as a mean per day, and no other volume, since months are not of one length. */
export function earlierInWords(
  figure: KeyFigure,
  y: Totals,
  { yearBefore }: Pick<Window, 'yearBefore'>,
  site: SiteView,
): string | undefined {
  if (!yearBefore || figure.value(y) === undefined) return undefined;
  const { locale, minimumN } = site;
  const { from, to } = yearBefore;
  const when = spanAt(from, to, { locale: englishLocaleOf(locale), year: '' });
  if (figure === KEY_FIGURES.calls) return `${when}: ${decimal(y.calls / lengthOf(yearBefore), locale)} per day`;
  if (!figure.covers || (figure.fromMinimumN && !isEnough(minimumN, figure.covers(y)))) return undefined;
  return `${when}: ${figure.inWords(y, site)}`;
}
