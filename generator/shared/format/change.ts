import { lengthOf, type Range } from '../calendar/range.ts';
import { count, decimal, duration, fixed, hours, sentiment, share } from './format.ts';

/** A change in words. Better and worse are said only of shares that have a good end. */
export interface Change {
  arrow: '▲' | '▼' | '→';
  /** e.g., "4.3 pts, worse" */
  text: string;
  /** What it is compared with; e.g., "from 2,069" */
  from: string;
  verdict?: 'better' | 'worse';
}

/** From so many points on a change of a share is called better or worse; below it is noise to most readers. */
export const NOTABLE_POINTS = 3;

function arrowOf(difference: number): Change['arrow'] {
  return difference > 0 ? '▲' : difference < 0 ? '▼' : '→';
}

/** What a figure is compared with: "from 2,069"; where it has not changed "as 2,069". The value always stands there, for a link to it has to name it. */
export const pastInWords = (arrow: Change['arrow'], was: string): string => `${arrow === '→' ? 'as' : 'from'} ${was}`;

/** What a volume is of: where a calendar week or month is compared with a longer one, both are means per day. */
export interface Spans {
  days: number;
  before?: Range;
  perDay?: true;
}

/** Two volumes, per day where they are of calendar weeks or months. */
const perDay = (now: number, before: number, { days, before: past, perDay }: Spans): [number, number] | undefined =>
  perDay && past ? [now / days, before / lengthOf(past)] : undefined;

const perDayWords = (change: Pick<Change, 'arrow' | 'text'>, was: number, locale: string): Change => ({
  ...change,
  from: pastInWords(change.arrow, `${decimal(was, locale)} per day`),
});

/** Volume: neither good nor bad. "▲ 4.3% from 2,069"; per day "▲ 4.3% from 73.9 a day". */
export function countChange(now: number, before: number, locale: string, spans?: Spans): Change {
  const daily = spans && perDay(now, before, spans);
  if (daily) return perDayWords(countChange(...daily, locale), daily[1], locale);
  const arrow = arrowOf(now - before);
  const moved = before === 0 ? count(now, locale) : share(Math.abs(now - before) / before, locale);
  return { arrow, text: arrow === '→' ? 'same' : moved, from: pastInWords(arrow, count(before, locale)) };
}

/** The plain difference of two counts: "▲ 34"; per day "▲ 1.2". */
export function countDifference(now: number, before: number, locale: string, spans?: Spans): Change {
  const daily = spans && perDay(now, before, spans);
  if (daily) {
    const tenths = Math.round((daily[0] - daily[1]) * 10);
    const text = tenths === 0 ? 'same' : decimal(Math.abs(tenths) / 10, locale);
    return perDayWords({ arrow: arrowOf(tenths), text }, daily[1], locale);
  }
  const arrow = arrowOf(now - before);
  const text = arrow === '→' ? 'same' : count(Math.abs(now - before), locale);
  return { arrow, text, from: pastInWords(arrow, count(before, locale)) };
}

/** Talk time: "▲ 5.6% from 261:50"; from nothing, "▲ 1:30 from 0:00". */
export function hoursChange(now: number, before: number, locale: string, spans?: Spans): Change {
  const daily = spans && perDay(now, before, spans);
  const change = countChange(...(daily ?? [now, before]), locale);
  const text = before === 0 && now > 0 ? hours(daily?.[0] ?? now) : change.text;
  const was = daily ? `${hours(daily[1])} per day` : hours(before);
  return { ...change, text, from: pastInWords(change.arrow, was) };
}

/** An average length: "▲ 6 s from 07:36". */
export function secondsChange(now: number, before: number, locale: string): Change {
  const seconds = Math.round(now) - Math.round(before);
  const size = Math.abs(seconds);
  const text = seconds === 0 ? 'same' : size < 100 ? `${count(size, locale)} s` : duration(size);
  return { arrow: arrowOf(seconds), text, from: pastInWords(arrowOf(seconds), duration(before)) };
}

/** Average call sentiment: "▼ 0.02 from +0.22". */
export function sentimentChange(now: number, before: number, locale: string): Change {
  const hundredths = Math.round(now * 100) - Math.round(before * 100);
  const text = hundredths === 0 ? 'same' : sentiment(Math.abs(hundredths) / 100, locale).replace('+', '');
  return { arrow: arrowOf(hundredths), text, from: pastInWords(arrowOf(hundredths), sentiment(before, locale)) };
}

/** Average score: "▼ 1.2 from 84.3". */
export function scoreChange(now: number, before: number, locale: string): Change {
  const tenths = Math.round(now * 10) - Math.round(before * 10);
  const text = tenths === 0 ? 'same' : fixed(Math.abs(tenths) / 10, locale);
  return { arrow: arrowOf(tenths), text, from: pastInWords(arrowOf(tenths), fixed(before, locale)) };
}

/**
 * The change of a share, in points to one decimal: the one rule of rounding, so that 2.9 points are 2.9 in a sentence, in a figure, in a subject and
 * against the threshold. A fall is as large as the rise back.
 */
export function pointsBetween(now: number, before: number): number {
  return (Math.sign(now - before) * Math.round(Math.abs(now - before) * 1000)) / 10 + 0;
}

/** "2.9 points", "1 point": the size of a change in a sentence. @param points as `pointsBetween` gives them */
export function pointsInWords(points: number, locale: string): string {
  const size = Math.abs(points);
  return `${decimal(size, locale)} ${size === 1 ? 'point' : 'points'}`;
}

/** A share with a good end, in points: "▼ 4.3 pts, worse". Ask for it only where both sides have enough calls. */
export function pointsChange(now: number, before: number, locale: string, unit = ' pts'): Change {
  const points = pointsBetween(now, before);
  const arrow = arrowOf(points);
  const from = pastInWords(arrow, share(before, locale));
  if (points === 0) return { arrow, text: 'same', from };
  const text = `${fixed(Math.abs(points), locale)}${unit}`;
  if (Math.abs(points) < NOTABLE_POINTS) return { arrow, text, from };
  const verdict = points > 0 ? 'better' : 'worse';
  return { arrow, text, from, verdict };
}

/** The same of a share of failed: up is worse. "▲ 4.3 pts, worse". @param now share failed, 0..1 */
export function failedChange(now: number, before: number, locale: string): Change {
  const { verdict, ...change } = pointsChange(now, before, locale);
  return verdict === undefined ? change : { ...change, verdict: verdict === 'better' ? 'worse' : 'better' };
}
