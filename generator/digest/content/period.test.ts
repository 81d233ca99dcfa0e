import { describe, expect, it } from 'vitest';
import { addDays, daysBetween } from '#shared/calendar/days.ts';
import type { Call } from '#shared/model.ts';
import { ANN, BOB, callOn, heardAmong, reportFrom, ruleResult } from '../fixtures/report.ts';
import type { Scope } from '../recipients/scope.ts';
import { composePeriod } from './period.ts';
import type { PeriodIssue } from './period-facts.ts';

const SITE = 'https://reports.example.com';
const WEEK: PeriodIssue = { kind: 'weekly', date: '2025-12-07' };
const MONTH: PeriodIssue = { kind: 'monthly', date: '2025-11-30' };

function digest(
  all: readonly Call[],
  issue: PeriodIssue,
  over: { scope?: Scope; spec?: object; member?: boolean } = {},
) {
  const { report } = reportFrom(all, over.spec);
  const recipient = { scope: over.scope ?? ('all' as const), member: over.member ?? true };
  const heard = heardAmong(report, issue, all);
  return composePeriod({ org: 'org_test', report, issue, recipient, heard, siteUrl: SITE });
}

/** Two calls a day of each agent; how many of a day fail follows from its number. */
const calls = (from: string, to: string): Call[] =>
  daysBetween(from, to).flatMap((day, i) =>
    [ANN, BOB].flatMap((agent, at) => [
      callOn(day, { id: `${day}-${agent}-a`, agent }),
      callOn(day, {
        id: `${day}-${agent}-b`,
        agent,
        score: (i * 7 + at) % 3 === 0 ? 40 : 80,
        rules: [ruleResult('Identity verified', (i + at) % 5 > 0), ruleResult('Offers further help', i % 2 === 0)],
      }),
    ]),
  );
const inSpan = (all: readonly Call[], from: string, to: string) =>
  all.filter(({ day }) => (day ?? '') >= from && (day ?? '') <= to);
const passRate = (of: readonly Call[]) => of.filter(({ passed }) => passed).length / of.length;
const percent = (rate: number) => `${(rate * 100).toFixed(1)}%`;
const points = (a: number, b: number) => Math.abs(Math.round((a - b) * 1000)) / 10;

describe('a weekly digest', () => {
  const all = calls('2025-11-17', '2025-12-09');
  const [now, before] = [inSpan(all, '2025-12-01', '2025-12-07'), inSpan(all, '2025-11-24', '2025-11-30')];

  it('tells of the calendar week, against the one before', () => {
    const view = digest(all, WEEK);
    expect([view.date, view.compared, view.figuresTitle]).toEqual([
      'Week 1 – 7 Dec 2025',
      'against the week before, 24 – 30 Nov',
      'The week in figures',
    ]);
    expect(view.leadText).toContain(
      `In the week 1 – 7 Dec, ${now.filter(({ passed }) => passed).length} of 28 evaluated calls passed`,
    );
    expect(view.leadText).toContain(`${points(passRate(now), passRate(before))} points`);
    expect(view.subject).toContain(`${percent(passRate(now))} passed in the week 1 – 7 Dec, `);
    expect(view.figures.find(({ name }) => name === 'QA passed')).toMatchObject({
      value: percent(passRate(now)),
      line: expect.stringContaining(`from ${percent(passRate(before))}`),
    });
    expect(view.open).toBe(
      `${SITE}/?from=2025-12-01&to=2025-12-07&o=${new URL(view.open ?? '').searchParams.get('o')}`,
    );
    expect(view.often).toBe('You get this once a week.');
  });

  it('ends with the day before the tenant’s first day of the week', () => {
    const { date, compared } = digest(all, { kind: 'weekly', date: '2025-12-06' }, { spec: { weekStart: 'sunday' } });
    expect([date, compared]).toEqual(['Week 30 Nov – 6 Dec 2025', 'against the week before, 23 – 29 Nov']);
  });

  it('lists the calls of its days that need attention most, named with their day, of the scope alone', () => {
    const bad = [
      callOn('2025-12-03', { id: 'worst', agent: BOB, score: 10, rules: [ruleResult('Identity verified', false)] }),
      callOn('2025-12-08', { id: 'later', agent: BOB, score: 0, rules: [ruleResult('Identity verified', false)] }),
    ];
    const of = (scope: Scope) => digest([...all, ...bad], WEEK, { scope });
    expect(of('all').calls[0]).toMatchObject({ score: '10.0', name: 'Bob Ray, Wed 3 Dec, 10:00' });
    expect(of('all').calls).toHaveLength(5);
    expect(of('all').calls[0]?.href).toMatch(
      `${SITE}/calls/worst/?from=2025-12-01&to=2025-12-07&attention=1&sort=-attention&o=`,
    );
    const ann = of({ agent: ANN });
    expect(ann.calls.length).toBeGreaterThan(0);
    expect(ann.calls.some(({ score }) => score === '10.0')).toBe(false);
    const whole = Number(/of (\d+)$/.exec(of('all').callsNote)?.[1]);
    const parts = [{ agent: ANN }, { agent: BOB }].map((scope) => Number(/of (\d+)$/.exec(of(scope).callsNote)?.[1]));
    expect(parts.reduce((a, b) => a + b)).toBe(whole);
  });

  it('compares with nothing where the week before is not all in the data, and says where its own days begin', () => {
    const late = digest(calls('2025-11-25', '2025-12-09'), WEEK);
    expect([late.compared, late.comparedHref, late.note]).toEqual(['nothing to compare with yet', null, null]);
    expect(late.leadText).not.toContain('points');
    expect(late.figures.every(({ change }) => change === null)).toBe(true);
    const short = digest(calls('2025-12-03', '2025-12-09'), WEEK);
    expect(short.note).toBe('The data begins on Wed 3 Dec.');
    expect(short.figures.find(({ name }) => name === 'Calls')?.value).toBe('20');
  });

  it('says a few calls as counts, and a week without any in one line', () => {
    const few = [...calls('2025-11-17', '2025-11-30'), callOn('2025-12-07'), callOn('2025-12-08')];
    expect(digest(few, WEEK, { spec: { minimumN: 5 } }).subject).toBe('1 call in the week 1 – 7 Dec');
    const none = [...calls('2025-11-17', '2025-11-30'), callOn('2025-12-08')];
    const quiet = digest(none, WEEK);
    expect([quiet.subject, quiet.leadText, quiet.figures, quiet.calls, quiet.trend]).toEqual([
      'No calls in the week 1 – 7 Dec',
      'No calls in the week 1 – 7 Dec.',
      [],
      [],
      null,
    ]);
  });

  it('says that the end of the week is late where later weeks had calls on those days', () => {
    const late = digest(calls('2025-11-03', '2025-12-05'), WEEK);
    expect(late.note).toContain('Its last days have no calls yet');
    const nothing = digest(calls('2025-11-03', '2025-11-30'), WEEK);
    expect([nothing.subject, nothing.leadText]).toEqual([
      'Data of the week 1 – 7 Dec is late, none since Sun 30 Nov',
      'No call of the week 1 – 7 Dec has arrived yet.',
    ]);
  });

  it('has no link for somebody who is no member', () => {
    expect(JSON.stringify(digest(all, WEEK, { member: false }))).not.toContain('https://');
  });
});

describe('a monthly digest', () => {
  const all = [...calls('2024-11-01', '2024-11-30'), ...calls('2025-10-01', '2025-12-02')];

  it('tells of the month, against the one before and the same month a year earlier, by means per day', () => {
    const view = digest(all, MONTH);
    expect([view.date, view.compared, view.often]).toEqual([
      'November 2025',
      'against October 2025',
      'You get this once a month.',
    ]);
    expect(view.leadText).toMatch(/^In November 2025, \d+ of 120 evaluated calls passed/);
    const figure = (name: string) => view.figures.find((each) => each.name === name);
    // Four calls on each day of both months, of which one is longer.
    expect(figure('Calls')).toMatchObject({
      value: '120',
      change: '→ same',
      line: expect.stringContaining('Nov 2024: 4 per day'),
    });
    const [now, was, year] = ['2025-11', '2025-10', '2024-11'].map((month) =>
      passRate(all.filter(({ day }) => day?.startsWith(month))),
    ) as [number, number, number];
    expect(figure('QA passed')).toMatchObject({ value: percent(now) });
    expect(figure('QA passed')?.line).toContain(`Nov 2024: ${percent(year)}`);
    expect(view.leadText).toContain(`${points(now, was)} points`);
    expect(view.open).toContain('/?from=2025-11-01&to=2025-11-30&o=');
  });

  it('of February is the month, not the last 28 days', () => {
    const { date, compared } = digest(calls('2025-12-01', '2026-03-02'), { kind: 'monthly', date: '2026-02-28' });
    expect([date, compared]).toEqual(['February 2026', 'against January 2026']);
  });

  it('tells volumes per day where nothing is evaluated', () => {
    const bare = calls('2025-10-01', addDays('2025-11-30', 1)).map(
      (call): Call => ({
        ...call,
        qa: 'not evaluated',
        score: undefined,
        passed: undefined,
        grade: undefined,
        rules: [],
      }),
    );
    const more = bare.filter(({ day, id }) => (day ?? '') >= '2025-11-01' && id.endsWith('-a'));
    const all = [...bare, ...more.map((call) => ({ ...call, id: `${call.id}-more` }))];
    expect(digest(bare, MONTH).leadText).toBe('In November 2025 there were 120 calls, 4 a day, as in October 2025.');
    expect(digest(all, MONTH).leadText).toBe(
      'In November 2025 there were 180 calls, 6 a day, up from 4 a day in October 2025.',
    );
  });
});
