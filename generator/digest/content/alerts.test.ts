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
import { alertsOf, unknownAlertRules } from './alerts.ts';
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
    const { report } = reportFrom(all, specOf([...alerts, { ruleFailed: { rule: 'No such rule', calls: 1 } }]));
    expect(unknownAlertRules(report)).toEqual(['No such rule']);
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
});
