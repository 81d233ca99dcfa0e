import * as Plot from '@observablehq/plot';
import { addDays, midnight } from '../calendar/days.ts';
import { dayOfMonthAt } from '../format/format.ts';

/** Widths at which every chart is drawn; the style sheet shows the one that fits its column. */
export const WIDTHS = { narrow: 340, mid: 640, wide: 760, full: 860 } as const;

/** A day's slot on a time scale. */
export function slot(date: string): { x1: Date; x2: Date; middle: Date } {
  const start = midnight(date);
  return { x1: start, x2: midnight(addDays(date, 1)), middle: new Date(start.getTime() + 12 * 3600_000) };
}

/** First and last date, and between them as many as fit, at even steps counted from the last. */
export function dayTicks(dates: string[], width: number): string[] {
  const last = dates.length - 1;
  const room = Math.max(1, Math.floor(width / 88));
  const step = Math.max(1, Math.ceil(last / room));
  const ticks = dates.filter((_, index) => (last - index) % step === 0);
  const [first] = dates;
  const next = ticks[0];
  if (!first || !next || first === next) return ticks;
  return dates.indexOf(next) < step / 1.6 ? [first, ...ticks.slice(1)] : [first, ...ticks];
}

/** The axis of days: words in ink-3, no stubs. */
export function dayAxis(
  dates: string[],
  width: number,
  place: { locale: string; year?: string | undefined },
): Plot.Markish {
  const ticks = dayTicks(dates, width);
  return Plot.text(ticks, {
    x: (date: string) => slot(date).middle,
    text: (date: string) => dayOfMonthAt(date, place),
    frameAnchor: 'bottom',
    lineAnchor: 'top',
    dy: 8,
    fill: 'var(--ink-3)',
  });
}

/** Horizontal grid with its labels at the left. */
export function grid(values: number[], words: (value: number) => string): Plot.Markish[] {
  return [
    Plot.ruleY(values, { stroke: 'var(--line)' }),
    Plot.text(values, {
      y: (value: number) => value,
      text: words,
      frameAnchor: 'left',
      textAnchor: 'end',
      dx: -8,
      fill: 'var(--ink-3)',
    }),
  ];
}

/** What is to be reached, as a dashed line across the frame. @param stroke a colour, where it is not the ink of lines beside the data */
export const targetLine = (target: number, stroke = 'var(--ink-2)'): Plot.Markish =>
  Plot.ruleY([target], { stroke, strokeWidth: 1.2, strokeDasharray: '6 4' });

/** A label at the right end of the frame, in the mark's colour. */
export function endLabel(y: number, text: string, fill: string, weight = 400): Plot.Markish {
  return Plot.text([y], {
    y: (value: number) => value,
    text: () => text,
    frameAnchor: 'right',
    textAnchor: 'start',
    dx: 8,
    fill,
    fontWeight: weight,
  });
}

/** Values moved apart so that their labels do not touch; in the order given, highest first. */
export function apart(values: number[], least: number): number[] {
  const order = values.map((value, index) => ({ value, index })).sort((a, b) => b.value - a.value);
  for (let i = 1; i < order.length; i++) {
    const [above, below] = [order[i - 1], order[i]];
    if (above && below && above.value - below.value < least) below.value = above.value - least;
  }
  const result = [...values];
  for (const { value, index } of order) result[index] = value;
  return result;
}
