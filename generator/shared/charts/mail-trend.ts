import * as Plot from '@observablehq/plot';
import type { DayTotals } from '../view.ts';
import { slot, targetLine } from './axis.ts';
import { hasMean, pointsOf } from './qa-by-day.ts';

/** Of the picture in a mail, in CSS pixels. */
export const MAIL_TREND = { width: 552, height: 96 } as const;

/** Each at least 3:1 on the mail's light and dark paper, because one transparent picture lies on both. */
export const MAIL_COLOURS = { pass: '#1f8b85', fail: '#d6512f', calls: '#7a8692' } as const;

const COMMON = {
  ...MAIL_TREND,
  marginLeft: 2,
  marginRight: 6,
  marginTop: 6,
  marginBottom: 1,
};

/**
 * The QA chart of the site without its words, for an image in a mail: mean over seven days as a line, each day's share as a
 * dot, the target as a dashed line, and below them calls failed a day. No text: a picture on light and dark paper cannot hold any that is read on both.
 */
export function mailTrend(days: readonly DayTotals[], target?: number): Plot.PlotOptions {
  const points = pointsOf(days);
  const low = Math.max(
    0,
    Math.floor(Math.min(0.9, target ?? 1, ...points.map((p) => Math.min(p.rate, p.mean ?? 1))) * 10) / 10,
  );
  const unit = 1 - low;
  const [base, room] = [low - unit * 0.62, unit * 0.5];
  const most = Math.max(1, ...points.map(({ failed }) => failed));
  const x = (p: { date: string }): Date => slot(p.date).middle;
  const last = points.slice(-1);
  return {
    ...COMMON,
    x: axisOf(days),
    y: { domain: [base, 1], axis: null },
    marks: [
      ...(target === undefined ? [] : [targetLine(target, MAIL_COLOURS.calls)]),
      Plot.line(points.filter(hasMean), {
        x,
        y: 'mean',
        stroke: MAIL_COLOURS.pass,
        strokeWidth: 2,
        curve: 'monotone-x',
      }),
      Plot.dot(points, { x, y: 'rate', r: 2.4, fill: MAIL_COLOURS.pass }),
      Plot.dot(last, { x, y: 'rate', r: 4.5, fill: MAIL_COLOURS.pass }),
      Plot.rect(
        points.filter(({ failed }) => failed > 0),
        {
          x1: (p) => slot(p.date).x1,
          x2: (p) => slot(p.date).x2,
          y1: base,
          y2: (p) => base + (room * p.failed) / most,
          insetLeft: 2,
          insetRight: 2,
          fill: MAIL_COLOURS.fail,
        },
      ),
    ],
  };
}

/** Calls a day as bars from zero, for data without QA. */
export function mailVolume(days: readonly DayTotals[]): Plot.PlotOptions {
  const bars = days.filter(({ calls }) => calls > 0);
  return {
    ...COMMON,
    x: axisOf(days),
    y: { domain: [0, Math.max(1, ...bars.map(({ calls }) => calls))], axis: null },
    marks: [
      Plot.rect(bars, {
        x1: (d) => slot(d.date).x1,
        x2: (d) => slot(d.date).x2,
        y1: 0,
        y2: 'calls',
        insetLeft: 2,
        insetRight: 2,
        fill: MAIL_COLOURS.calls,
      }),
    ],
  };
}

const axisOf = (days: readonly DayTotals[]): Plot.ScaleOptions => ({
  type: 'utc',
  axis: null,
  domain: [slot(days[0]?.date ?? '').x1, slot(days.at(-1)?.date ?? '').x2],
});
