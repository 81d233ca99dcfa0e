import * as Plot from '@observablehq/plot';
import { isWeekend } from '../calendar/days.ts';
import { type CallFilter, callsHref } from '../filter/filter.ts';
import { englishLocaleOf } from '../format/english.ts';
import { count, dayAt } from '../format/format.ts';
import type { DayTotals } from '../view.ts';
import { dayAxis, endLabel, grid, slot } from './axis.ts';

/** Pixels: of few days, too, a bar is a bar and no field. */
const WIDEST = 96;

/** Calls a day as bars: the last day in ink, weekends lighter, the busiest day named. */
export function callsByDay(
  days: DayTotals[],
  options: { width: number; locale: string; year?: string | undefined; of?: CallFilter },
): Plot.PlotOptions {
  const { width, locale, of } = options;
  const most = days.reduce((a, b) => (b.calls > a.calls ? b : a), days[0] ?? { date: '', calls: 0 });
  const last = days.at(-1);
  const step = niceStep(most.calls);
  const nextLine = Math.ceil(most.calls / step) * step;
  const top = Math.max(step, nextLine <= most.calls * 1.15 ? nextLine : most.calls);
  const ticks = Array.from({ length: Math.floor(top / step) + 1 }, (_, index) => index * step);
  const [marginLeft, marginRight] = [34, width < 400 ? 8 : 104];
  const room = (width - marginLeft - marginRight) / Math.max(1, days.length);
  const inset = Math.max(width < 400 ? 1 : 2, (room - WIDEST) / 2);
  const bar = {
    x1: (d: DayTotals) => slot(d.date).x1,
    x2: (d: DayTotals) => slot(d.date).x2,
    y1: 0,
    y2: (d: DayTotals) => d.calls,
    insetLeft: inset,
    insetRight: inset,
    href: (d: DayTotals) => callsHref({ from: d.date, to: d.date, ...of }),
    title: (d: DayTotals) => `${dayAt(d.date, options)}: ${count(d.calls, locale)} ${d.calls === 1 ? 'call' : 'calls'}`,
  };
  const busiest = `${count(most.calls, locale)} on ${dayAt(most.date || '2000-01-01', options)}, the most in a day`;
  return {
    width,
    height: width < 400 ? 200 : 220,
    marginLeft,
    marginRight,
    marginTop: 26,
    marginBottom: 28,
    x: {
      type: 'utc',
      axis: null,
      domain: days.length ? [slot(days[0]?.date ?? '').x1, slot(days.at(-1)?.date ?? '').x2] : [],
    },
    y: { domain: [0, top], axis: null },
    marks: [
      ...grid(ticks.slice(1), (value) => count(value, locale)),
      Plot.rect(
        days.filter((d) => d !== last && d.calls > 0 && !isWeekend(d.date)),
        { ...bar, fill: 'var(--series)' },
      ),
      Plot.rect(
        days.filter((d) => d !== last && d.calls > 0 && isWeekend(d.date)),
        { ...bar, fill: 'var(--series-2)' },
      ),
      ...(last && last.calls > 0 ? [Plot.rect([last], { ...bar, fill: 'var(--ink)' })] : []),
      Plot.ruleY([0], { stroke: 'var(--edge)' }),
      ...grid([0], () => '0').slice(1),
      dayAxis(
        days.map((d) => d.date),
        width - marginLeft - marginRight,
        options,
      ),
      ...(days.length > 7 && most.calls > 0 && most !== last ? [atDay(days, most, busiest, width)] : []),
      ...(last && width >= 400
        ? [endLabel(last.calls, `${count(last.calls, locale)} on ${dayAt(last.date, options)}`, 'var(--ink)', 600)]
        : []),
    ],
  };
}

/** The chart's finding in one sentence, for those who do not see it. */
export function callsByDayLabel(days: DayTotals[], place: { locale: string; year?: string | undefined }): string {
  const { locale } = place;
  const english = { ...place, locale: englishLocaleOf(locale) };
  const total = days.reduce((sum, d) => sum + d.calls, 0);
  const last = days.at(-1);
  const most = days.reduce((a, b) => (b.calls > a.calls ? b : a), days[0] ?? { date: '', calls: 0 });
  if (!last || total === 0) return 'No calls on any day of this period.';
  const busiest = `the most, ${count(most.calls, locale)}, on ${dayAt(most.date, english)}`;
  return `Calls per day: ${count(total, locale)} in ${days.length === 1 ? 'one day' : `${days.length} days`}, ${busiest}; ${count(last.calls, locale)} on ${dayAt(last.date, english)}.`;
}

/** A note above a day's bar that stays inside the frame. */
function atDay(
  days: DayTotals[],
  at: DayTotals | { date: string; calls: number },
  text: string,
  width: number,
): Plot.Markish {
  const place = days.findIndex((d) => d.date === at.date) / Math.max(1, days.length - 1);
  const room = (text.length * 6) / 2 / width;
  const textAnchor = place < room ? 'start' : place > 1 - room - 0.12 ? 'end' : 'middle';
  return Plot.text([at], {
    x: slot(at.date).middle,
    y: at.calls,
    text: () => text,
    textAnchor,
    dy: -9,
    fill: 'var(--ink-2)',
  });
}

/** A round step that gives two to four lines up to the value. */
export function niceStep(value: number): number {
  const rough = Math.max(1, value / 3);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= rough) ?? power * 10;
  return Math.max(1, Math.ceil(step));
}
