import * as Plot from '@observablehq/plot';
import { addDays } from '../calendar/days.ts';
import { count, type Dated, dayOfMonthAt, spanAt } from '../format/format.ts';
import { apart, endLabel, grid, slot, targetLine } from './axis.ts';

/** One figure of one week; seven days, or fewer where the data begins. */
export interface WeekPoint {
  from: string;
  to: string;
  /** Absent: no call of the week has the figure. */
  own?: number | undefined;
  team?: number | undefined;
  /** Calls behind the own figure. */
  n: number;
  /** Where these calls are listed. */
  href: string;
}

export interface ByWeekOptions {
  width: number;
  /** How dates are written. */
  place: Dated;
  /** Weeks with fewer calls are hollow. */
  minimumN: number;
  /** Labels of the two lines; without the second there is one line, which "" leaves with its figure alone. */
  names: { own: string; team?: string };
  /** What is to be reached, as a dashed line. */
  target?: number | undefined;
  /** First day of the period that the page is about: its weeks lie on a ground. */
  since: string;
  /** Figures of charts that stand beside it: all have one scale. */
  beside?: readonly number[];
}

/** How a figure is scaled and written. */
export interface Measure {
  /** Least and greatest possible value. */
  bounds: [low: number, high: number];
  /** From one line of the grid to the next, the first that gives at most five. */
  steps: readonly number[];
  text: (value: number) => string;
  /** What a mark says of a week, after its days. */
  title: (value: number, n: number) => string;
}

/** A figure by week as a line, the team's dashed: a trend can be seen. */
export function lineByWeek(weeks: readonly WeekPoint[], measure: Measure, options: ByWeekOptions): Plot.PlotOptions {
  const { place, minimumN, names, target, beside: others = [] } = options;
  const known = weeks.flatMap((week) => (week.own === undefined ? [] : [{ ...week, own: week.own }]));
  const beside = names.team === undefined ? [] : weeks.filter(({ team }) => team !== undefined);
  const aims = target === undefined ? [] : [target];
  const ticks = ticksOf(
    [...known.map(({ own }) => own), ...beside.map(({ team }) => team as number), ...aims, ...others],
    measure,
  );
  const [low, high] = [Math.min(...ticks), Math.max(...ticks)];
  const [last, lastBeside] = [known.at(-1), beside.at(-1)];
  const labels = [
    ...(last
      ? [{ y: last.own, text: `${names.own} ${measure.text(last.own)}`.trim(), fill: 'var(--ink)', weight: 600 }]
      : []),
    ...(lastBeside
      ? [
          {
            y: lastBeside.team as number,
            text: `${names.team} ${measure.text(lastBeside.team as number)}`,
            fill: 'var(--ink-3)',
            weight: 400,
          },
        ]
      : []),
    ...aims.map((y) => ({ y, text: `target ${measure.text(y)}`, fill: 'var(--ink-2)', weight: 400 })),
  ];
  const places = apart(
    labels.map(({ y }) => y),
    (high - low) * 0.1,
  );
  const dot = {
    x: middle,
    y: 'own',
    stroke: 'var(--ink)',
    strokeWidth: 1.4,
    href: 'href',
    title: ({ from, to, own, n }: WeekPoint) => `${spanAt(from, to, place)}: ${measure.title(own as number, n)}`,
  };
  return {
    ...frame(weeks, options, labels.length > 0 ? labelRoom(labels.map(({ text }) => text)) : 8),
    y: { domain: [low, high], axis: null },
    marks: [
      ...ground(weeks, options, [low, high]),
      ...grid(ticks, measure.text),
      ...aims.map((y) => targetLine(y)),
      Plot.line(beside, { x: middle, y: 'team', stroke: 'var(--ink-3)', strokeWidth: 1.2, strokeDasharray: '4 3' }),
      Plot.line(known, { x: middle, y: 'own', stroke: 'var(--ink)', strokeWidth: 2 }),
      Plot.dot(
        known.filter(({ n }) => n < minimumN),
        { ...dot, r: 3.2, fill: 'var(--paper)' },
      ),
      Plot.dot(
        known.filter(({ n }) => n >= minimumN),
        { ...dot, r: 3.2, fill: 'var(--ink)' },
      ),
      axis(weeks, place),
      ...labels.map(({ y, text, fill, weight }, i) => endLabel(places[i] ?? y, text, fill, weight)),
    ],
  };
}

/** A count by week as bars, the number above each. */
export function barsByWeek(weeks: readonly WeekPoint[], measure: Measure, options: ByWeekOptions): Plot.PlotOptions {
  const { place, since } = options;
  const ticks = ticksOf([0, ...weeks.map(({ own }) => own ?? 0)], measure);
  const bar = {
    x1: ({ from }: WeekPoint) => slot(from).x1,
    x2: (week: WeekPoint) => slot(addDays(week.to, 1)).x1,
    y1: 0,
    y2: 'own',
    insetLeft: 4,
    insetRight: 4,
    href: 'href',
    title: ({ from, to, own, n }: WeekPoint) => `${spanAt(from, to, place)}: ${measure.title(own ?? 0, n)}`,
  };
  const high = Math.max(1, ...ticks);
  return {
    ...frame(weeks, options, 8),
    y: { domain: [0, high], axis: null },
    marks: [
      ...grid(ticks.slice(1), measure.text),
      Plot.rect(
        weeks.filter(({ from }) => from < since),
        { ...bar, fill: 'var(--series-2)' },
      ),
      Plot.rect(
        weeks.filter(({ from }) => from >= since),
        { ...bar, fill: 'var(--series)' },
      ),
      Plot.text(weeks, {
        x: middle,
        y: 'own',
        text: ({ own }: WeekPoint) => count(own ?? 0, place.locale),
        dy: -8,
        fill: 'var(--ink-2)',
      }),
      Plot.ruleY([0], { stroke: 'var(--edge)' }),
      axis(weeks, place),
    ],
  };
}

const middle = ({ from, to }: WeekPoint): Date =>
  new Date((slot(from).x1.getTime() + slot(addDays(to, 1)).x1.getTime()) / 2);

function frame(weeks: readonly WeekPoint[], { width }: ByWeekOptions, marginRight: number): Plot.PlotOptions {
  const [first, last] = [weeks[0], weeks.at(-1)];
  return {
    width,
    height: width < 400 ? 190 : 220,
    marginLeft: 44,
    marginRight,
    marginTop: 20,
    marginBottom: 28,
    x: { type: 'utc', axis: null, domain: first && last ? [slot(first.from).x1, slot(last.to).x2] : [] },
  };
}

/** The weeks of the page's period, where others stand before them. */
function ground(weeks: readonly WeekPoint[], { since }: ByWeekOptions, [low, high]: [number, number]): Plot.Markish[] {
  const own = weeks.filter(({ from }) => from >= since);
  const [first, last] = [own[0], own.at(-1)];
  if (!first || !last || own.length === weeks.length) return [];
  return [Plot.rect([0], { x1: slot(first.from).x1, x2: slot(last.to).x2, y1: low, y2: high, fill: 'var(--inset)' })];
}

/** The first day of every second week, counted from the last. */
function axis(weeks: readonly WeekPoint[], place: Dated): Plot.Markish {
  return Plot.text(
    weeks.filter((_, i) => (weeks.length - 1 - i) % 2 === 0),
    {
      x: middle,
      text: ({ from }: WeekPoint) => dayOfMonthAt(from, place),
      frameAnchor: 'bottom',
      lineAnchor: 'top',
      dy: 8,
      fill: 'var(--ink-3)',
    },
  );
}

/** Room for the labels at the end of the lines, by their longest. */
const labelRoom = (labels: readonly string[]): number =>
  Math.min(140, 14 + 6.6 * Math.max(...labels.map((label) => label.length)));

/** Round values around the ones that there are, and one more where these are all alike. */
function ticksOf(values: readonly number[], { bounds: [least, most], steps }: Measure): number[] {
  if (values.length === 0) return [least, most];
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const size = (step: number) => Math.ceil(round(high / step)) - Math.floor(round(low / step));
  const step = steps.find((each) => size(each) <= 4) ?? (steps.at(-1) as number);
  let [from, to] = [Math.floor(round(low / step)), Math.ceil(round(high / step))];
  if (from === to && (to + 1) * step <= most) to++;
  else if (from === to) from--;
  return Array.from({ length: to - from + 1 }, (_, i) => round((from + i) * step)).filter(
    (tick) => tick >= least && tick <= most,
  );
}

/** Binary fractions are not exact: 0.3 / 0.1 is 2.9999999999999996. */
const round = (n: number): number => Math.round(n * 1e6) / 1e6;
