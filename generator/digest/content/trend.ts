import { MAIL_TREND, mailTrend, mailVolume } from '#shared/charts/mail-trend.ts';
import { plot } from '#shared/charts/svg.ts';
import { count, share } from '#shared/format/format.ts';
import { isEnough } from '#shared/format/rate.ts';
import { shareTarget } from '#shared/format/target.ts';
import type { DayTotals, SiteView } from '#shared/view.ts';
import { dayWords } from '../schedule/dates.ts';
import type { TrendView } from './view.ts';

/** Names the picture within its mail. */
const CID = 'trend@cci-lite-reports';
/** Fewer days than this are no trend. */
const MIN_DAYS = 3;

interface Day {
  date: string;
  /** Calls that count. */
  all: number;
  failed: number;
}

/**
 * The days as a picture, with what it says in words: share passed and calls failed, or all calls where nothing was evaluated.
 * @param days oldest first; the last one is the digest's
 * @returns null where too few days have data to be a trend
 */
export function trendOf(days: readonly DayTotals[], site: SiteView): TrendView | null {
  const qa = days.some(({ qaEvaluated }) => (qaEvaluated ?? 0) > 0);
  const counted = days.map(
    ({ date, calls, qaEvaluated = 0, qaPassed = 0 }): Day =>
      qa ? { date, all: qaEvaluated, failed: qaEvaluated - qaPassed } : { date, all: calls, failed: 0 },
  );
  const withData = counted.filter(({ all }) => all > 0);
  const [first, last] = [withData[0], withData.at(-1)];
  if (withData.length < MIN_DAYS || !first || !last) return null;
  const say = (each: Day) => (qa ? qaWords(each, site) : volumeWords(each, site));
  const lowest = qa ? lowestOf(withData, site) : undefined;
  const failed = qa ? `, ${count(last.failed, site.locale)} failed` : '';
  const words = { first: say(first), last: say(last) + failed, lowest: lowest ? `Lowest: ${say(lowest)}` : null };
  const target = site.targets?.qaPassed;
  const aim = target === undefined ? '' : `; dashed: target ${shareTarget(target, site.locale)}`;
  const title = `${qa ? 'QA passed' : 'Calls'}, last ${count(days.length, site.locale)} days`;
  return {
    title,
    heading: title.toLocaleUpperCase('en'),
    note: qa ? `dots: each day; line: 7-day mean; bars: failed calls${aim}` : 'calls per day',
    alt: `${title}. ${[words.first, words.last, words.lowest].filter(Boolean).join('. ')}.`,
    svg: svgOf(plot(qa ? mailTrend(days, target) : mailVolume(days))),
    cid: CID,
    ...MAIL_TREND,
    ...words,
  };
}

/** As a document of its own, which has to name its language. */
function svgOf(chart: Element): string {
  chart.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  return chart.outerHTML;
}

/** "Tue 9 Dec: 79% of 89"; of few calls "Tue 9 Dec: 3 of 4". */
function qaWords({ date, all, failed }: Day, site: SiteView): string {
  const passed = isEnough(site.minimumN, all)
    ? share((all - failed) / all, site.locale, 0)
    : count(all - failed, site.locale);
  return `${dayWords(date, site)}: ${passed} of ${count(all, site.locale)}`;
}

const volumeWords = ({ date, all }: Day, site: SiteView): string =>
  `${dayWords(date, site)}: ${count(all, site.locale)} ${all === 1 ? 'call' : 'calls'}`;

/** The weakest day with enough calls to say so, where it is weaker than the first and the last, which are named anyway. */
function lowestOf(days: readonly Day[], { minimumN }: SiteView): Day | undefined {
  const rate = (each: Day | undefined) => (each ? (each.all - each.failed) / each.all : 1);
  const enough = days.filter(({ all }) => isEnough(minimumN, all));
  const [lowest] = enough.sort((a, b) => rate(a) - rate(b) || (a.date < b.date ? 1 : -1));
  return rate(lowest) < Math.min(rate(days[0]), rate(days.at(-1))) ? lowest : undefined;
}
