import { count, day, share } from '../../site/lib/format.ts';
import type { DayTotals, SiteView } from '../report/view.ts';
import type { TrendView } from './view.ts';

/** Pixels of the tallest bar. */
const HEIGHT = 64;
/** Fewer days than this are no trend. */
const MIN_DAYS = 3;

interface Day {
  date: string;
  /** Calls that the bar stands for. */
  all: number;
  failed: number;
}

/**
 * Fourteen days as bars from zero: calls that passed on calls that failed, or all calls where nothing was evaluated.
 * @param days oldest first; the last one is the digest's
 * @returns null where too few days have data to be a trend
 */
export function trendOf(days: readonly DayTotals[], site: SiteView): TrendView | null {
  const qa = days.some(({ qaEvaluated }) => (qaEvaluated ?? 0) > 0);
  const bars = days.map(
    ({ date, calls, qaEvaluated = 0, qaPassed = 0 }): Day =>
      qa ? { date, all: qaEvaluated, failed: qaEvaluated - qaPassed } : { date, all: calls, failed: 0 },
  );
  const withData = bars.filter(({ all }) => all > 0);
  const [first, last] = [withData[0], withData.at(-1)];
  if (withData.length < MIN_DAYS || !first || !last) return null;
  const say = (each: Day) => (qa ? qaWords(each, site) : volumeWords(each, site));
  const lowest = qa ? lowestOf(withData, site) : undefined;
  const failed = qa ? `, ${count(last.failed, site.locale)} failed` : '';
  const words = { first: say(first), last: say(last) + failed, lowest: lowest ? `Lowest: ${say(lowest)}` : null };
  const title = `${qa ? 'QA passed' : 'Calls'}, last ${count(days.length, site.locale)} days`;
  return {
    title,
    heading: title.toLocaleUpperCase('en'),
    note: qa ? 'calls passed, and under them calls failed' : 'calls a day',
    alt: `${title}. ${[words.first, words.last, words.lowest].filter(Boolean).join('. ')}.`,
    bars: heights(bars),
    ...words,
  };
}

function heights(days: readonly Day[]): TrendView['bars'] {
  const most = Math.max(...days.map(({ all }) => all));
  // What is there is seen: a part is never rounded down to nothing.
  const pixels = (n: number) => (n > 0 ? Math.max(1, Math.round((n / most) * HEIGHT)) : 0);
  return days.map(({ all, failed }, at) => ({
    calm: pixels(all - failed),
    loud: pixels(failed),
    chosen: at === days.length - 1,
  }));
}

const qaWords = ({ date, all, failed }: Day, { locale }: SiteView): string =>
  `${day(date, locale)}: ${share((all - failed) / all, locale, 0)} of ${count(all, locale)}`;

const volumeWords = ({ date, all }: Day, { locale }: SiteView): string =>
  `${day(date, locale)}: ${count(all, locale)} ${all === 1 ? 'call' : 'calls'}`;

/** The weakest day with enough calls to say so, where it is weaker than the first and the last, which are named anyway. */
function lowestOf(days: readonly Day[], { minimumN }: SiteView): Day | undefined {
  const rate = (each: Day | undefined) => (each ? (each.all - each.failed) / each.all : 1);
  const enough = days.filter(({ all }) => all >= minimumN);
  const [lowest] = enough.sort((a, b) => rate(a) - rate(b) || (a.date < b.date ? 1 : -1));
  return rate(lowest) < Math.min(rate(days[0]), rate(days.at(-1))) ? lowest : undefined;
}
