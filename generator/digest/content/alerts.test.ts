import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { addDays, daysBetween } from '#shared/calendar/days.ts';
import { readFilter } from '#shared/filter/filter.ts';
import type { Call } from '#shared/model.ts';
import { compileTemplates } from '../../../templates/compile.ts';
import { tenantConfig } from '../../tenants/config.ts';
import { ANN, BOB, callOn, DAY, heardAmong, reportFrom, ruleResult } from '../fixtures/report.ts';
import { openTemplates } from '../mail/template.ts';
import type { Scope } from '../recipients/scope.ts';
import { alertsOf } from './alerts.ts';
import { composeDigest } from './compose.ts';
import { composePeriod } from './period.ts';

const SITE = 'https://reports.example.com';
type AlertSpec = object[];
const specOf = (alerts: AlertSpec, more: object = {}) => ({ minimumN: 2, digest: { alerts }, ...more });

function daily(
  all: readonly Call[],
  alerts: AlertSpec,
  { scope = 'all', spec = {} }: { scope?: Scope; spec?: object } = {},
) {
  const { report, calls } = reportFrom(all, specOf(alerts, spec));
  return composeDigest({
    org: 'org_test',
    report,
    date: DAY,
    calls,
    recipient: { scope, member: true },
    siteUrl: SITE,
  });
}
const textsOf = (view: { alerts: { text: string }[] }) => view.alerts.map(({ text }) => text);

/** Calls of a day of which some fail a critical rule. */
const failing = (day: string, failed: number, others = 0, over: Partial<Call> = {}): Call[] =>
  Array.from({ length: failed + others }, (_, i) =>
    callOn(day, {
      ...over,
      rules: [ruleResult('Identity verified', i >= failed), ruleResult('Offers further help', true)],
    }),
  );
/** Evaluated calls of a day of which so many pass. */
const passing = (day: string, passed: number, of: number, agent = ANN): Call[] =>
  Array.from({ length: of }, (_, i) => callOn(day, { agent, score: i < passed ? 90 : 40 }));

describe('an alert of failed calls', () => {
  it('stands first from its count on, with its calls behind it, and begins the subject', () => {
    const view = daily(failing(DAY, 3, 2), [{ criticalFailed: 3 }]);
    expect(textsOf(view)).toEqual(['Critical rule failed on 3 calls']);
    const link = new URL(view.alerts[0]?.href ?? '');
    const { critical, from, to } = readFilter(link.search).filter;
    expect([link.pathname, critical, from, to]).toEqual(['/calls/', true, DAY, DAY]);
    expect(view.subject).toBe('Alert: critical rule failed on 3 calls, 100% passed on Tue 9 Dec');
    expect(textsOf(daily(failing(DAY, 2, 3), [{ criticalFailed: 3 }]))).toEqual([]);
  });

  it('of one call stands first and not in the subject', () => {
    const view = daily(failing(DAY, 1, 3), [{ criticalFailed: 1 }]);
    expect(textsOf(view)).toEqual(['Critical rule failed on 1 call']);
    expect(view.subject).toBe('100% passed on Tue 9 Dec: critical rule failed on 1 call');
  });

  it('is of one rule by its name, however that is spelt, and of the recipient’s own calls', () => {
    const alerts = [{ ruleFailed: { rule: ' identity  VERIFIED', calls: 2 } }];
    const all = [...failing(DAY, 2, 1, { agent: BOB }), ...failing(DAY, 0, 3)];
    expect(textsOf(daily(all, alerts))).toEqual(['Identity verified failed on 2 calls']);
    expect(textsOf(daily(all, alerts, { scope: { agent: BOB } }))).toEqual(['Identity verified failed on 2 calls']);
    expect(textsOf(daily(all, alerts, { scope: { agent: ANN } }))).toEqual([]);
  });

  it('of a week or a month is of each of its days, which it names', () => {
    const all = [
      ...failing('2025-12-01', 2, 4),
      ...failing('2025-12-03', 3, 2),
      ...failing('2025-12-05', 4, 2),
      ...failing('2025-12-08', 9),
    ];
    const { report } = reportFrom(all, specOf([{ criticalFailed: 3 }]));
    const issue = { kind: 'weekly', date: '2025-12-07' } as const;
    const recipient = { scope: 'all' as const, member: true };
    const view = composePeriod({
      org: 'org_test',
      report,
      issue,
      recipient,
      heard: heardAmong(report, issue, all),
      siteUrl: SITE,
    });
    expect(textsOf(view)).toEqual(['Critical rule failed on 3 calls or more on 2 days: Wed 3 Dec (3), Fri 5 Dec (4)']);
    expect(view.subject).toMatch(/^Alert: critical rule failed on 3 calls or more on 2 days, 100% passed in the week/);
    const few = failing('2025-12-03', 3, 2);
    const week = { from: '2025-12-01', to: '2025-12-07' };
    expect(alertsOf(reportFrom(few, specOf([{ criticalFailed: 3 }])).report, week)).toMatchObject([
      { text: 'Critical rule failed on 3 calls on Wed 3 Dec', subject: 'critical rule failed on 3 calls on Wed 3 Dec' },
    ]);
  });
});

describe('an alert of a share', () => {
  it.each<[passed: number, of: number, minimumN: number, texts: string[]]>([
    [7, 10, 5, ['70.0% of 10 evaluated calls passed, below 75%']],
    [3, 4, 2, []],
    [0, 4, 5, []],
    [0, 1, 1, []],
    [1, 2, 1, ['50.0% of 2 evaluated calls passed, below 75%']],
  ])('%d of %d with minimum n %d', (passed, of, minimumN, texts) => {
    const view = daily(passing(DAY, passed, of), [{ passedBelow: 0.75 }], { spec: { minimumN } });
    expect(textsOf(view)).toEqual(texts);
    expect(view.subject.startsWith('Alert: passed below 75%, ')).toBe(texts.length > 0);
  });

  it('of a target missed for weeks running is of whole calendar weeks, each with enough calls', () => {
    const weeks = (rates: number[], of = 10) =>
      rates.flatMap((passed, i) => passing(addDays('2025-12-03', -7 * (rates.length - 1 - i)), passed, of));
    const texts = (calls: Call[], minimumN = 5) =>
      alertsOf(
        reportFrom([...passing('2025-11-10', 1, 1), ...calls, ...passing(DAY, 5, 5)], {
          ...specOf([{ targetMissed: 2 }], { targets: { qaPassed: 0.85 } }),
          minimumN,
        }).report,
        { from: DAY, to: DAY },
      ).map(({ text }) => text);
    expect(texts(weeks([10, 8, 7]))).toEqual([
      'QA passed missed its target of 85% in 2 weeks running: 80.0% in 24 – 30 Nov, 70.0% in 1 – 7 Dec',
    ]);
    expect(texts(weeks([8, 9]))).toEqual([]);
    expect(texts(weeks([9, 8]))).toEqual([]);
    expect(texts(weeks([8, 7], 10), 11)).toEqual([]);
  });
});

describe('an alert of a missed target', () => {
  const LAST = { from: DAY, to: DAY };
  const WEEKS = ['2025-11-26', '2025-12-03'];
  /** Alerts of two weeks, each with the same calls on its Wednesday, after a call long before. */
  const alerts = (weekly: (day: string) => Call[], targets: object, of: string, minimumN = 5) => {
    const all = [callOn('2025-11-10'), ...WEEKS.flatMap(weekly)];
    const { report } = reportFrom(all, {
      ...specOf([{ targetMissed: { weeks: 2, of } }], { targets }),
      minimumN,
    });
    return alertsOf(report, LAST);
  };
  /** Calls on which so many of the rules' checks fail. */
  const checked = (day: string, of: number, failed: { [rule: string]: number }) =>
    Array.from({ length: of }, (_, i) =>
      callOn(day, { rules: Object.entries(failed).map(([name, n]) => ruleResult(name, i >= n)) }),
    );

  it('tells of the average score as of the share that passed, with the calls that have a score', () => {
    const scored = (day: string) => [60, 70, 71, 72, 80].map((score) => callOn(day, { score }));
    expect(alerts(scored, { averageScore: 72.5 }, 'averageScore')).toEqual([
      {
        text: 'Average score missed its target of 72.5 in 2 weeks running: 70.6 in 24 – 30 Nov, 70.6 in 1 – 7 Dec',
        subject: 'target of 72.5 for average score missed 2 weeks running',
        filter: { from: '2025-11-24', to: '2025-12-07', with: ['score'] },
      },
    ]);
    expect(alerts(scored, { averageScore: 70.6 }, 'averageScore')).toEqual([]);
    expect(alerts(scored, { averageScore: 72.5 }, 'averageScore', 6)).toEqual([]);
    const improved = (day: string) =>
      day === WEEKS[0] ? scored(day) : scored(day).map((call) => ({ ...call, score: 90 }));
    expect(alerts(improved, { averageScore: 72.5 }, 'averageScore')).toEqual([]);
  });

  it('tells of each rule for itself, by its own checks, the furthest from its target first', () => {
    const targets = {
      rules: { 'identity  VERIFIED': 0.95, 'Offers further help': 0.8, Greets: 0.5, 'No such rule': 1 },
    };
    const weekly = (day: string) => checked(day, 10, { 'Identity verified': 2, 'Offers further help': 6, Greets: 5 });
    expect(alerts(weekly, targets, 'rules')).toEqual([
      {
        text: 'Offers further help missed its target of 80% in 2 weeks running: 40.0% in 24 – 30 Nov, 40.0% in 1 – 7 Dec',
        subject: 'target of 80% for Offers further help missed 2 weeks running',
        filter: { from: '2025-11-24', to: '2025-12-07', rule: ['offers further help'] },
      },
      {
        text: 'Identity verified missed its target of 95% in 2 weeks running: 80.0% in 24 – 30 Nov, 80.0% in 1 – 7 Dec',
        subject: 'target of 95% for Identity verified missed 2 weeks running',
        filter: { from: '2025-11-24', to: '2025-12-07', rule: ['identity verified'] },
      },
    ]);
    // A rule that was checked on too few calls of a week is not told of, however many were evaluated.
    const few = (day: string) => [...checked(day, 4, { Greets: 4 }), ...checked(day, 9, { 'Offers further help': 0 })];
    expect(alerts(few, targets, 'rules')).toEqual([]);
  });

  it('tells of many rules as of three, and of the others together', () => {
    const names = Array.from({ length: 8 }, (_, i) => `Rule ${i}`);
    const weekly = (day: string) => checked(day, 10, Object.fromEntries(names.map((name, i) => [name, 10 - i])));
    const told = alerts(weekly, { rules: Object.fromEntries(names.map((name) => [name, 0.9])) }, 'rules');
    expect(told.map(({ text }) => text.replace(/ in 2 weeks running: .*% in.*/, ''))).toEqual([
      'Rule 0 missed its target of 90%',
      'Rule 1 missed its target of 90%',
      'Rule 2 missed its target of 90%',
      '5 more rules missed their targets in 2 weeks running: Rule 3, Rule 4, Rule 5 and 2 more',
    ]);
    expect(told[3]).toMatchObject({ filter: { rule: ['rule 3', 'rule 4', 'rule 5', 'rule 6', 'rule 7'] } });
    expect(told[3]).not.toHaveProperty('subject');
  });
});

it('alerts are none on a quiet day, and none where nothing is configured', () => {
  const before = daysBetween('2025-11-20', addDays(DAY, 1)).filter((day) => day !== DAY);
  const quiet = daily(
    before.flatMap((day) => passing(day, 0, 5)),
    [{ passedBelow: 0.75 }, { criticalFailed: 1 }],
  );
  expect([quiet.alerts, quiet.subject]).toEqual([[], 'No calls on Tue 9 Dec']);
  expect(daily(failing(DAY, 5), []).alerts).toEqual([]);
});

it('an alert is told in both parts of the mail before anything else', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'mail-'));
  await compileTemplates(folder);
  const view = daily(failing(DAY, 3, 2), [{ criticalFailed: 3 }, { passedBelow: 1 }]);
  const { html, text } = (await openTemplates(folder))(view);
  expect(text).toMatch(/ALERT: Critical rule failed on 3 calls\.\n\n[^\n]*On Tue 9 Dec/);
  expect(html.indexOf('Critical rule failed on 3 calls')).toBeLessThan(html.indexOf('On Tue 9 Dec'));
});

it('the configuration says what is wrong with an alert', () => {
  const problem = (alert: object, more: object = {}) => {
    try {
      tenantConfig({ digest: { alerts: [alert] }, ...more }, undefined, false);
      return '';
    } catch (error) {
      return String((error as { problems?: string[] }).problems ?? error);
    }
  };
  expect(problem({})).toContain('is not an alert: write one of {"criticalFailed": 3}');
  expect(problem({ criticalFailed: 3, passedBelow: 0.5 })).toContain('is not an alert');
  expect(problem({ passedBelow: 75 })).toContain('is not a share: write it from 0 to 1, such as 0.85 for 85 %');
  expect(problem({ criticalFaild: 3 })).toContain('Did you mean "criticalFailed"?');
  expect(problem({ targetMissed: 2 })).toContain('"targets.qaPassed" is not set');
  expect(problem({ targetMissed: 2 }, { targets: { qaPassed: 0.8 } })).toBe('');
  const ofRules = { targetMissed: { weeks: 2, of: 'rules' } };
  expect(problem(ofRules, { targets: { qaPassed: 0.8 } })).toContain('"targets.rules" is not set');
  expect(problem(ofRules, { targets: { rules: { Greets: 0.8 } } })).toBe('');
  for (const wrong of [13, { weeks: 2 }, { weeks: 0, of: 'rules' }, { weeks: 2, of: 'sales' }])
    expect(problem({ targetMissed: wrong }, { targets: { qaPassed: 0.8 } })).toContain('"digest.alerts.0.targetMissed');
  expect(problem({ targetMissed: 'two' }, { targets: { qaPassed: 0.8 } })).toContain(
    '"two" is not right: write a number of weeks from 1 to 12, or {"weeks": 2, "of": "averageScore"}.',
  );
});
