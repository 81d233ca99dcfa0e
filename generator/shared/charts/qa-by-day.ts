import * as Plot from '@observablehq/plot';
import { type CallFilter, callsHref } from '../filter/filter.ts';
import { englishLocaleOf } from '../format/english.ts';
import { count, dayAt, share } from '../format/format.ts';
import { shareTarget } from '../format/target.ts';
import type { DayTotals } from '../view.ts';
import { apart, dayAxis, endLabel, grid, slot, targetLine } from './axis.ts';

/** What the chart is told beside its days. */
export interface QaByDayOptions {
  width: number;
  locale: string;
  /** See `Place`. */
  year?: string | undefined;
  /** Days with fewer evaluated calls are hollow. */
  minimumN: number;
  /** Share passed in the period before, as a dotted line. */
  before?: number | undefined;
  /** Share passed that is to be reached, as a dashed line. */
  target?: number | undefined;
  /** Whose calls these are; without it everybody's. */
  of?: CallFilter;
}

/** One day with evaluated calls. */
export interface Point {
  date: string;
  rate: number;
  n: number;
  failed: number;
  /** Over the seven days that end on it; absent where there are no seven days yet. */
  mean: number | undefined;
}

/**
 * Share of evaluated calls that passed as dots with their mean over seven days; below it, from a base line of their own,
 * calls failed a day. Share and count are read together.
 */
export function qaByDay(days: DayTotals[], options: QaByDayOptions): Plot.PlotOptions {
  const { width, locale, minimumN, before, target, of } = options;
  const narrow = width < 400;
  const points = pointsOf(days);
  const last = points.at(-1);
  const means = points.filter(hasMean);
  const rates = [...points.filter((p) => p.n >= minimumN).map((p) => p.rate), ...means.map((p) => p.mean)];
  const low = Math.max(0, Math.floor(Math.min(0.9, ...rates, before ?? 1, target ?? 1) * 10) / 10);
  const ticks = lines(low);
  const unit = 1 - low;
  const [base, room] = [low - unit * 0.62, unit * 0.42];
  const mostFailed = points.reduce((a, b) => (b.failed > a.failed ? b : a), points[0] ?? { failed: 0, date: '' });
  const up = (failed: number): number => base + (mostFailed.failed === 0 ? 0 : (room * failed) / mostFailed.failed);
  const [marginLeft, marginRight] = [40, narrow ? 10 : 128];
  const x = (p: Point): Date => slot(p.date).middle;
  const dot = {
    x,
    y: (p: Point) => Math.max(low, p.rate),
    stroke: 'var(--pass)',
    strokeWidth: 1.4,
    href: (p: Point) => callsHref({ from: p.date, to: p.date, ...of, qa: ['passed', 'failed'] }),
    title: (p: Point) =>
      `${dayAt(p.date, options)}: ${share(p.rate, locale, 0)} of ${evaluatedCalls(p.n, locale)} passed`,
  };
  const bar = {
    x1: (p: Point) => slot(p.date).x1,
    x2: (p: Point) => slot(p.date).x2,
    y1: base,
    y2: (p: Point) => up(p.failed),
    insetLeft: narrow ? 1 : 2,
    insetRight: narrow ? 1 : 2,
    fill: 'var(--fail)',
    href: (p: Point) => callsHref({ from: p.date, to: p.date, ...of, qa: ['failed'] }),
    title: (p: Point) => `${dayAt(p.date, options)}: ${count(p.failed, locale)} of ${count(p.n, locale)} failed`,
  };
  const many = points.filter((p) => p.n >= minimumN);
  const few = points.filter((p) => p.n < minimumN);
  return {
    width,
    height: narrow ? 240 : 270,
    marginLeft,
    marginRight,
    marginTop: 10,
    marginBottom: 28,
    x: {
      type: 'utc',
      axis: null,
      domain: days.length ? [slot(days[0]?.date ?? '').x1, slot(days.at(-1)?.date ?? '').x2] : [],
    },
    y: { domain: [base, 1], axis: null },
    marks: [
      ...grid(ticks, (value) => share(value, locale, 0)),
      ...(before === undefined ? [] : [Plot.ruleY([before], { stroke: 'var(--edge)', strokeDasharray: '1.5 3' })]),
      ...(target === undefined ? [] : [targetLine(target)]),
      Plot.line(means, { x, y: 'mean', stroke: 'var(--pass)', strokeWidth: 2, curve: 'monotone-x' }),
      Plot.dot(few, { ...dot, r: 3, fill: 'var(--paper)' }),
      Plot.dot(many, { ...dot, r: 3, fill: 'var(--pass)' }),
      ...(last ? [Plot.dot([last], { ...dot, r: 4.5, fill: last.n < minimumN ? 'var(--paper)' : 'var(--pass)' })] : []),
      Plot.rect(
        points.filter((p) => p !== last && p.failed > 0),
        { ...bar, fillOpacity: 0.72 },
      ),
      ...(last && last.failed > 0 ? [Plot.rect([last], bar)] : []),
      Plot.ruleY([base], { stroke: 'var(--edge)' }),
      Plot.text([base + room], {
        y: (value: number) => value,
        text: () => failedWords(mostFailed, options),
        frameAnchor: 'left',
        textAnchor: 'start',
        dx: 2,
        dy: -10,
        fill: 'var(--fail)',
      }),
      dayAxis(
        days.map((d) => d.date),
        width - marginLeft - marginRight,
        options,
      ),
      ...(narrow || !last ? [] : endLabels(last, options, unit, low, up)),
    ],
  };
}

/** The chart's finding in one sentence, for those who do not see it. */
export function qaByDayLabel(days: DayTotals[], place: Pick<QaByDayOptions, 'locale' | 'year'>): string {
  const { locale } = place;
  const points = pointsOf(days);
  const last = points.at(-1);
  if (!last) return 'No call was evaluated in this period.';
  const day = `${count(last.n - last.failed, locale)} of ${evaluatedCalls(last.n, locale)} passed on ${dayAt(last.date, { ...place, locale: englishLocaleOf(locale) })}`;
  const mean = hasMean(last) ? `, ${share(last.mean, locale, 0)} over the seven days up to then` : '';
  return `QA passed and failed by day: ${day}${mean}.`;
}

const evaluatedCalls = (n: number, locale: string): string =>
  `${count(n, locale)} evaluated ${n === 1 ? 'call' : 'calls'}`;

function endLabels(
  last: Point,
  options: QaByDayOptions,
  unit: number,
  low: number,
  up: (n: number) => number,
): Plot.Markish[] {
  const { locale, year, before, target } = options;
  const place = { locale, year };
  const labels = [
    ...(hasMean(last)
      ? [{ y: last.mean, text: `${share(last.mean, locale, 0)} 7-day mean`, fill: 'var(--pass)', weight: 600 }]
      : []),
    {
      y: Math.max(low, last.rate),
      text: `${share(last.rate, locale, 0)} on ${dayAt(last.date, place)}`,
      fill: 'var(--ink)',
      weight: 600,
    },
    ...(before === undefined
      ? []
      : [{ y: before, text: `${share(before, locale, 0)} period before`, fill: 'var(--ink-3)', weight: 400 }]),
  ];
  if (target !== undefined)
    labels.push({ y: target, text: `${shareTarget(target, locale)} target`, fill: 'var(--ink-2)', weight: 400 });
  const places = apart(
    labels.map((label) => label.y),
    unit * 0.105,
  );
  return [
    ...labels.map((label, index) => endLabel(places[index] ?? label.y, label.text, label.fill, label.weight)),
    endLabel(up(last.failed), `${count(last.failed, locale)} failed`, 'var(--fail)', 600),
  ];
}

function failedWords(most: { failed: number; date: string }, place: Pick<QaByDayOptions, 'locale' | 'year'>): string {
  if (most.failed === 0) return 'No call failed';
  return `Calls failed per day (most ${count(most.failed, place.locale)}, ${dayAt(most.date, place)})`;
}

/** Days with evaluated calls. */
export function pointsOf(days: readonly DayTotals[]): Point[] {
  return days.flatMap(({ date, qaEvaluated: n = 0, qaPassed = 0, passedMean: mean }) =>
    n === 0 ? [] : [{ date, rate: qaPassed / n, n, failed: n - qaPassed, mean }],
  );
}

export const hasMean = (point: Point): point is Point & { mean: number } => point.mean !== undefined;

/** Grid lines from the lowest value to 100%, three to six of them. */
function lines(low: number): number[] {
  const tenths = Math.round((1 - low) * 10);
  const step = tenths <= 4 ? 1 : tenths <= 6 ? 2 : 5;
  const result: number[] = [];
  for (let tenth = 10; tenth >= Math.round(low * 10); tenth -= step) result.push(tenth / 10);
  return result;
}
