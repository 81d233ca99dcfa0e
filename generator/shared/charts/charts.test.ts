import { describe, expect, test, vi } from 'vitest';
import { lanesOf } from '../../../site/report/call/transcript/lanes.ts';
import { voicesOf } from '../../../site/report/call/transcript/voices.ts';
import type { DayTotals } from '../view.ts';
import { apart, dayTicks } from './axis.ts';
import { callsByDay, callsByDayLabel, niceStep } from './calls-by-day.ts';
import { mailTrend } from './mail-trend.ts';
import { qaByDay, qaByDayLabel } from './qa-by-day.ts';
import { sparkline } from './sparkline.ts';
import { plot } from './svg.ts';

const svg = (options: Parameters<typeof plot>[0]): string => plot(options).outerHTML;

const none = { inbound: 0, outbound: 0, internal: 0, unknown: 0, notEvaluated: 0, notEvaluatedYet: 0, tooShort: 0 };
const days: DayTotals[] = Array.from({ length: 28 }, (_, i) => ({
  ...none,
  date: new Date(Date.UTC(2025, 10, 12 + i)).toISOString().slice(0, 10),
  calls: 40 + i,
  ...(i !== 5 && { qaEvaluated: 30, qaPassed: 20 + (i % 10), qaPassRate: (20 + (i % 10)) / 30, passedMean: 0.8 }),
}));

describe('a chart', () => {
  test('it has no style, is hidden from those who read its words, and has nothing to say on the console', () => {
    const warn = vi.spyOn(console, 'warn');
    const charts = [
      callsByDay(days, { width: 340, locale: 'en-GB' }),
      qaByDay(days, { width: 860, locale: 'en-GB', minimumN: 5 }),
    ];
    for (const text of charts.map(svg)) {
      expect(text).toMatch(/^<svg class="plot"[^>]* aria-hidden="true">/);
      expect(text).not.toMatch(/<style|style=|⚠|NaN|undefined|<g[^>]*aria-label/);
    }
    expect(warn).not.toHaveBeenCalled();
  });

  test('it has the target as a dashed line, which lies within it and is named, and else nothing of it', () => {
    const at = (target?: number) => svg(qaByDay(days, { width: 860, locale: 'en-GB', minimumN: 5, target }));
    const dashed = (text: string) => text.match(/stroke-dasharray="6 4"/g)?.length ?? 0;
    expect([dashed(at()), dashed(at(0.5)), dashed(at(0.95))]).toEqual([0, 1, 1]);
    expect(at(0.5)).toContain('50% target');
    expect(at(undefined)).toBe(svg(qaByDay(days, { width: 860, locale: 'en-GB', minimumN: 5 })));
    expect([dashed(svg(mailTrend(days))), dashed(svg(mailTrend(days, 0.5)))]).toEqual([0, 1]);
    // A target below all days moves the chart's floor.
    expect(mailTrend(days, 0.3).y?.domain).not.toEqual(mailTrend(days).y?.domain);
  });

  test('it is drawn of one day, and of none', () => {
    for (const some of [days.slice(0, 1), []]) {
      expect(svg(callsByDay(some, { width: 340, locale: 'en-GB' }))).not.toContain('NaN');
      expect(svg(qaByDay(some, { width: 860, locale: 'en-GB', minimumN: 5, before: 0.5 }))).not.toContain('NaN');
    }
    expect(qaByDayLabel([], { locale: 'en-GB' })).toBe('No call was evaluated in this period.');
    const one = { ...(days[0] as DayTotals), calls: 1, qaEvaluated: 1, qaPassed: 1 };
    expect(qaByDayLabel([one], { locale: 'en-GB' })).toMatch(/: 1 of 1 evaluated call passed on /);
    expect(callsByDayLabel([one], { locale: 'en-GB' })).toMatch(/: 1 in one day, /);
  });
});

test('a bar of few days is no wider than it has to be, and of many fills its day', () => {
  const widest = (some: DayTotals[]) => {
    const bars = svg(callsByDay(some, { width: 860, locale: 'en-GB' })).matchAll(/<rect [^>]*?width="([\d.]+)"/g);
    return Math.round(Math.max(...Array.from(bars, ([, width]) => Number(width))));
  };
  expect([1, 3, 28].map((count) => widest(days.slice(0, count)))).toEqual([96, 96, 22]);
});

describe('axes', () => {
  test('they name the first and the last day, and others that have room', () => {
    const dates = days.map((d) => d.date);
    const ticks = dayTicks(dates, 600);
    expect([ticks[0], ticks.at(-1)]).toEqual(['2025-11-12', '2025-12-09']);
    expect(ticks.length).toBeLessThanOrEqual(8);
    expect(dayTicks(dates.slice(0, 1), 300)).toEqual(['2025-11-12']);
  });

  test('they step in round numbers, and move labels apart', () => {
    expect([0, 3, 39, 105, 2150].map(niceStep)).toEqual([1, 1, 20, 50, 1000]);
    expect(apart([0.8, 0.81, 0.2], 0.1)).toEqual([expect.closeTo(0.71), 0.81, 0.2]);
  });
});

describe('small lines', () => {
  test('a sparkline bridges days without a value', () => {
    expect(sparkline([1, undefined, 3], 106, 26)).toEqual({ path: 'M3 23L103 3', last: [103, 3] });
    expect(sparkline([2, 2], 106, 26)?.path).toBe('M3 13L103 13');
    expect(sparkline([1, undefined], 100, 20)).toBeUndefined();
  });

  test('lanes need two turns with times, and place each quote', () => {
    const turns = [
      { speaker: 'agent', start: 0, end: 4, text: 'a' },
      { speaker: 'customer', start: 5, end: 12, text: 'b' },
    ];
    const voices = voicesOf(['agent', 'customer'], { direction: 'inbound' });
    const rule = { name: 'r', anchor: 'q-1', critical: false };
    const rules = [{ ...rule, pass: false, turn: 2 }, { ...rule, turn: 1 }, rule];
    const drawn = lanesOf(turns, voices, rules, 20);
    expect(drawn?.ticks).toEqual([
      { x: 5, verdict: 'failed' },
      { x: 0, verdict: 'none' },
    ]);
    expect(drawn?.seconds).toBe(20);
    expect(drawn?.lanes.map(({ name, side, seconds }) => [name, side, seconds])).toEqual([
      ['Agent', 'first', 4],
      ['Customer', 'other', 7],
    ]);
    expect(lanesOf(turns.slice(0, 1), voices, [])).toBeUndefined();
    expect(lanesOf([{ speaker: 'agent', text: 'untimed' }], voices, [])).toBeUndefined();
  });

  test('a lane is of one voice, until there are many; nobody’s words have their own', () => {
    const speakers = ['agent', 'customer', 'Maria', 'Ivan', 'unknown'];
    const turns = speakers.map((speaker, i) => ({ speaker, start: i, end: i + 1, text: 'a' }));
    const namesOf = (n: number, ...more: string[]) => {
      const own = turns.filter(({ speaker }, i) => i < n || more.includes(speaker));
      return lanesOf(
        own,
        voicesOf(
          own.map(({ speaker }) => speaker),
          { direction: 'inbound' },
        ),
        [],
      )?.lanes.map(({ name, bars }) => `${name} ${bars.length}`);
    };
    expect(namesOf(3)).toEqual(['Agent 1', 'Customer 1', 'Maria 1']);
    expect(namesOf(5)).toEqual(['Agent 1', 'Customer 1', 'Others 2', 'Unknown 1']);
    expect(namesOf(2, 'unknown')).toEqual(['Agent 1', 'Customer 1', 'Unknown 1']);
  });
});
