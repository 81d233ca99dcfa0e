import { wcagContrast as contrast } from 'culori';
import { describe, expect, it } from 'vitest';
import { lastDays, windowOf } from '#shared/calendar/window.ts';
import { rankAttention, reasonsOf, usualLength } from '#shared/calls/attention.ts';
import { cubeOf } from '#shared/counts/cube.ts';
import { sumsOf } from '#shared/counts/sums.ts';
import { overviewPage } from '#shared/figures/overview.ts';
import { columnsOf, sums, totals } from '#shared/figures/totals.ts';
import type { Call } from '#shared/model.ts';
import { emptyState } from '../days/state.ts';
import { countedOf } from '../fixtures/counted.ts';
import { segmentOf } from '../lib/paths.ts';
import { tenantConfig } from '../tenants/config.ts';
import { accents, brandCss } from './brand.ts';
import { attentionOf } from './pages.ts';
import { reportOf } from './report.ts';
import { defaultWindow } from './window.ts';

const call = (over: Partial<Call> = {}): Call => ({
  id: 'c1',
  day: '2026-03-30',
  started: '2026-03-30T10:00:00.000Z',
  durationSeconds: 60,
  direction: 'inbound',
  agent: 'ann@agents.example',
  qa: 'evaluated',
  score: 80,
  grade: 'B',
  passed: true,
  rules: [],
  insights: [],
  metadata: [],
  transcript: 'present',
  ...over,
});
const figures = (calls: Call[], critical: string[] = []) => {
  const { counts } = sumsOf(new Map([['2026-03-30', cubeOf(calls, new Set(critical), 'UTC')]])).day('2026-03-30');
  return totals(counts, columnsOf(counts, critical));
};

describe('figures', () => {
  it('are absent where their column is missing, never 0', () => {
    const bare = figures([call({ durationSeconds: undefined, qa: 'not evaluated', score: undefined })]);
    expect(JSON.parse(JSON.stringify(bare))).toEqual({
      calls: 1,
      hours: { 10: 1 },
      inbound: 1,
      outbound: 0,
      internal: 0,
      unknown: 0,
      notEvaluated: 1,
      notEvaluatedYet: 0,
      tooShort: 0,
    });
  });

  it('leave short calls out of every score, and count them', () => {
    const short = call({
      tooShort: true,
      score: 0,
      passed: false,
      sentiment: { positive: 0, negative: 1, score: -1, label: 'negative' },
    });
    expect(
      figures([call({ sentiment: { positive: 1, negative: 0, score: 1, label: 'positive' } }), short]),
    ).toMatchObject({
      calls: 2,
      durationSeconds: 120,
      qaEvaluated: 1,
      qaPassRate: 1,
      qaAverageScore: 80,
      averageSentiment: 1,
      negative: 0,
      tooShort: 1,
    });
  });

  it('add up over days without the errors of binary fractions', () => {
    const calls = Array.from({ length: 1000 }, (_, i) => call({ id: `c${i}`, durationSeconds: 0.1, score: 73.33 }));
    const days = new Map(calls.map((each) => [each.id, cubeOf([each], new Set(), 'UTC')]));
    const { counts } = sumsOf(days).all({ from: 'c', to: 'd' });
    const all = { duration: true, sentiment: true, qa: true, critical: false };
    expect(sums(counts, all)).toMatchObject({ durationSeconds: 100, qaScoreSum: 73330 });
  });

  it('count each call in exactly one state of QA', () => {
    const states = [
      call(),
      call({ qa: 'not evaluated', score: undefined }),
      call({ qa: 'not evaluated yet', score: undefined }),
      call({ tooShort: true }),
    ];
    const { qaEvaluated = 0, notEvaluated, notEvaluatedYet, tooShort, calls } = figures(states);
    expect(qaEvaluated + notEvaluated + notEvaluatedYet + tooShort).toBe(calls);
  });
});

describe('who fails a rule most', () => {
  /** Agent → how many of how many calls failed the rule. */
  const mostBy = (failures: { [agent: string]: [failed: number, of: number] }) => {
    const calls = Object.entries(failures).flatMap(([agent, [failed, of]]) =>
      Array.from({ length: of }, (_, i) =>
        call({ id: `${agent}${i}`, agent: agent || null, rules: [{ rule: 'a', name: 'A', pass: i >= failed }] }),
      ),
    );
    const report = reportOf('org_1', emptyState('test'), countedOf(calls), tenantConfig(undefined, undefined, false));
    const most = overviewPage(report, attentionOf(report, []), undefined).rules[0]?.mostBy;
    if (most?.kind !== 'agents') return most?.kind;
    return [...most.agents.map(({ agent }) => agent.id), ...(most.others > 0 ? [most.others] : [])].join();
  };
  it.each([
    [{ ann: [3, 5], bob: [2, 9] } as const, 'ann'],
    [{ ann: [3, 9], bob: [3, 5] } as const, 'bob,ann'],
    [{ ann: [1, 5], bob: [2, 2] } as const, 'bob'],
    [{ ann: [1, 5], bob: [1, 5], cid: [1, 5], dot: [1, 5], eve: [1, 5], '': [9, 9] } as const, 'ann,bob,cid,2'],
    [{ ann: [0, 5], '': [3, 3] } as const, 'unknown'],
    [{ ann: [0, 5] } as const, 'none'],
  ])('of %j is %s', (failures, agent) => {
    expect(mostBy(failures as never)).toBe(agent);
  });
});

describe('needs attention', () => {
  const rules = {
    passMark: 70,
    critical: new Set(['id']),
    names: new Map([['id', 'ID']]),
    usual: { shortest: 10, longest: 100 },
  };
  const failed = { rule: 'id', name: 'id', pass: false };
  const unhappy = { positive: 0.1, negative: 0.6, score: -0.5 };
  it.each<[Partial<Call>, [string, number][]]>([
    [{ rules: [failed, { ...failed }] }, [['critical', 200]]],
    [{ score: 35, passed: false }, [['failed', 65]]],
    [{ score: 0, passed: false }, [['failed', 90]]],
    [{ score: 69.99999, passed: false }, [['failed', expect.closeTo(40, 4)]]],
    // What the record itself says wins over the mark, and a record may give no score.
    [{ score: 80, passed: false }, [['failed', 40]]],
    [{ score: undefined, passed: false }, [['failed', 40]]],
    [{ score: 35, passed: true }, []],
    [{ score: undefined, passed: undefined }, []],
    [{ score: 70 }, []],
    [{ sentiment: unhappy }, [['negative', 20]]],
    [{ sentiment: { ...unhappy, score: -0.49 } }, []],
    [{ durationSeconds: 101 }, [['long', 10]]],
    [{ durationSeconds: 100 }, []],
    [{ durationSeconds: 9 }, [['short', 10]]],
    [{ qa: 'not evaluated', score: 0, passed: undefined }, []],
    [
      { score: 0, passed: false, tooShort: true, durationSeconds: 9, rules: [failed], sentiment: unhappy },
      [['short', 10]],
    ],
    [
      { score: 0, passed: false, rules: [failed], sentiment: unhappy, durationSeconds: 500 },
      [
        ['critical', 200],
        ['failed', 90],
        ['negative', 20],
        ['long', 10],
      ],
    ],
  ])('weighs %j as %j', (over, points) => {
    expect(reasonsOf(call(over), rules).map((reason) => [reason.kind, reason.points])).toEqual(points);
  });

  it('divides by no pass mark of 0', () => {
    expect(reasonsOf(call({ score: 0, passed: false }), { ...rules, passMark: 0 })).toMatchObject([{ points: 40 }]);
  });

  it('ranks by points, then newest first, then by id', () => {
    const at = (id: string, score: number, started?: string) => call({ id, score, passed: score >= 70, started });
    const list = [
      at('b', 60, '2026-03-30T10:00:00Z'),
      at('a', 60, '2026-03-30T10:00:00Z'),
      at('new', 60, '2026-03-30T11:00:00Z'),
      at('none', 60),
      at('worst', 10, '2026-01-01T00:00:00Z'),
      at('fine', 90),
    ];
    expect(rankAttention(list, rules).map(({ call: { id } }) => id)).toEqual(['worst', 'new', 'a', 'b', 'none']);
  });

  it('takes percentiles by nearest rank, from 20 calls on', () => {
    expect(usualLength([[1, 19]])).toBeUndefined();
    expect(usualLength(Array.from({ length: 20 }, (_, i) => [i + 1, 1]))).toEqual({ shortest: 1, longest: 19 });
    expect(usualLength(Array.from({ length: 100 }, (_, i) => [i + 1, 1]))).toEqual({ shortest: 5, longest: 95 });
  });
});

describe('the window', () => {
  const known = { first: '2024-01-01', last: '2026-03-30' };
  it.each([
    [1, '2026-03-30', '2026-03-23', '2026-03-23'],
    [7, '2026-03-24', '2026-03-17', '2026-03-23'],
    [28, '2026-03-03', '2026-02-03', '2026-03-02'],
    [30, '2026-03-01', '2026-01-25', '2026-02-23'],
  ])('of %i days is compared with the same weekdays', (days, from, beforeFrom, beforeTo) => {
    const range = lastDays(days, known);
    // The days before its last complete one end on no month's last day, so 30 days are no month here.
    expect(windowOf(range, { ...known, last: '2026-04-02' })).toEqual({
      from,
      to: '2026-03-30',
      days,
      before: { from: beforeFrom, to: beforeTo },
    });
  });

  it.each([
    ['a month', '2026-02-01', '2026-02-28', '2026-01-01', '2026-01-31', '2025-02-01', '2025-02-28'],
    ['a month so far', '2026-03-01', '2026-03-30', '2026-02-01', '2026-02-28', '2025-03-01', '2025-03-31'],
    ['a leap year’s February', '2024-02-01', '2024-02-29', '2024-01-01', '2024-01-31', undefined, undefined],
    ['a week', '2026-03-16', '2026-03-22', '2026-03-09', '2026-03-15', undefined, undefined],
  ])('of %s is compared by means per day, from %s', (_, from, to, beforeFrom, beforeTo, yearFrom, yearTo) => {
    expect(windowOf({ from, to }, known)).toMatchObject({
      before: { from: beforeFrom, to: beforeTo },
      perDay: true,
      ...(yearFrom && { yearBefore: { from: yearFrom, to: yearTo } }),
    });
  });

  it('of a week so far is compared with the whole week before, which begins on the tenant’s first day', () => {
    const sundays = { ...known, last: '2026-03-31', weekStart: 0 };
    expect(windowOf({ from: '2026-03-29', to: '2026-03-31' }, sundays)).toMatchObject({
      before: { from: '2026-03-22', to: '2026-03-28' },
      perDay: true,
    });
    expect(windowOf({ from: '2026-03-29', to: '2026-03-31' }, { ...sundays, weekStart: 1 })).toMatchObject({
      before: { from: '2026-03-22', to: '2026-03-24' },
    });
  });

  it('does not reach back before the first day with a call, and is compared with nothing that would', () => {
    const young = { first: '2026-03-26', last: '2026-03-30' };
    expect(windowOf(lastDays(28, young), young)).toEqual({
      from: '2026-03-26',
      to: '2026-03-30',
      days: 5,
      all: true,
    });
    expect(windowOf(lastDays(28, { ...known, first: '2026-02-04' }), { ...known, first: '2026-02-04' })).toEqual({
      from: '2026-03-03',
      to: '2026-03-30',
      days: 28,
    });
    expect(windowOf(lastDays(28, { ...known, first: '2026-02-03' }), { ...known, first: '2026-02-03' })).toMatchObject({
      before: { from: '2026-02-03', to: '2026-03-02' },
    });
  });

  it('ends on the last complete day with a call, in the tenant’s zone', () => {
    const days = new Map([
      ['2026-03-27', 3],
      ['2026-03-29', 2],
      ['2026-03-30', 1],
    ]);
    // London's 29 March ends at 23:00 UTC: clocks went forward that morning.
    expect(defaultWindow(days, '2026-03-29T23:00:01Z', 'Europe/London')).toMatchObject({
      to: '2026-03-29',
      partial: { day: '2026-03-30', calls: 1 },
    });
    expect(defaultWindow(days, '2026-03-29T23:00:00Z', 'Europe/London')).toMatchObject({ to: '2026-03-27' });
    expect(defaultWindow(days, '2026-03-30', 'Europe/London')).toMatchObject({ to: '2026-03-29' });
    expect(defaultWindow(days, '2026-03-29', 'Europe/London')).toMatchObject({ to: '2026-03-27' });
    expect(defaultWindow(days, '2026-03-29T23:00:01Z', 'UTC')).toMatchObject({ to: '2026-03-27' });
    expect(defaultWindow(days, '2026-04-01T00:00:00Z', 'UTC')).toMatchObject({
      to: '2026-03-30',
      partial: undefined,
    });
    expect(defaultWindow(days, '2026-03-01T00:00:00Z', 'UTC')).toMatchObject({ to: '2026-03-30' });
    expect(defaultWindow(days, undefined, 'UTC')).toMatchObject({ to: '2026-03-30' });
    const stray = new Map([...days, ['2027-01-01', 1] as const]);
    expect(defaultWindow(stray, '2026-03-30T12:00:00Z', 'UTC')).toMatchObject({
      to: '2026-03-29',
      partial: { day: '2026-03-30', calls: 1 },
    });
    expect(defaultWindow(new Map(), undefined, 'UTC')).toBeUndefined();
  });
});

describe('a path segment', () => {
  it.each(['c01', 'C-22..x_y', 'ann@agents.example', '01aae117-0d8a-4192-b295-90c460c4aa9d'])(
    'is the id itself for %s',
    (id) => {
      expect(segmentOf(id)).toBe(id);
    },
  );
  it.each([
    '..',
    '.',
    '.hidden',
    'a/b',
    'a b',
    'a%2fb',
    'a?b',
    'é',
    '~abc',
    'con',
    'NUL.txt',
    'a.',
    '',
    'x'.repeat(121),
    '-rf',
    'a\u0000',
  ])('is a hash for %j', (id) => {
    expect(segmentOf(id)).toMatch(/^~[0-9a-f]{24}$/);
  });
});

describe('the accent', () => {
  it.each(['#FF0000', '#FFFF00', '#000000', '#FFFFFF', '#2B45B8', '#9C1458', '#00FF88', '#777777'])(
    'made of %s can be read in both schemes',
    (accent) => {
      const { light, dark } = accents(accent);
      for (const ground of ['#FDFDFC', '#F3F4F3']) expect(contrast(light, ground)).toBeGreaterThanOrEqual(4.5);
      for (const ground of ['#101316', '#191D21']) expect(contrast(dark, ground)).toBeGreaterThanOrEqual(4.5);
    },
  );
  it('is the house’s own where the tenant has none', () => {
    expect(brandCss(undefined)).toBe(
      ':root{--accent-light:#2B45B8;--on-accent-light:#FFFFFF;--accent-dark:#9DB0FF;--on-accent-dark:#101316}\n',
    );
  });
});
