import { z } from 'zod';
import { text } from './spec-parts.ts';
import { share } from './targets.ts';

const calls = z.int().min(1);
const weeks = z.int().min(1).max(12);

const Missed = z.strictObject({
  weeks: weeks.describe('Calendar weeks running, 1 to 12.'),
  of: z
    .enum(['qaPassed', 'averageScore', 'rules'])
    .describe('Which of "targets"; "rules": each rule that has one, for itself.'),
});
type Missed = z.output<typeof Missed>;

/** One alert of `report-config.json`: exactly one of these. */
const Alert = z
  .strictObject({
    criticalFailed: calls.optional().describe('Critical rules failed on so many calls of a day, or on more.'),
    ruleFailed: z
      .strictObject({
        rule: text().describe('Name of the rule.'),
        calls: calls.describe('Calls of a day, or more.'),
      })
      .optional()
      .describe('This rule failed on so many calls of a day, or on more.'),
    passedBelow: share
      .optional()
      .describe('Less than this share of evaluated calls passed, such as 0.75; needs as many calls as minimumN.'),
    targetMissed: z
      .union([weeks.transform((each): Missed => ({ weeks: each, of: 'qaPassed' })), Missed], {
        error: 'is not right: write a number of weeks from 1 to 12, or {"weeks": 2, "of": "averageScore"}',
      })
      .optional()
      .describe(
        'So many calendar weeks running missed a target, each with as many calls as minimumN. A number alone is of targets.qaPassed.',
      ),
  })
  .refine(
    (alert) => Object.values(alert).filter((value) => value !== undefined).length === 1,
    'is not an alert: write one of {"criticalFailed": 3}, {"ruleFailed": {"rule": "…", "calls": 3}}, {"passedBelow": 0.75}, {"targetMissed": 2}, {"targetMissed": {"weeks": 2, "of": "averageScore"}}',
  );

export const Alerts = z
  .array(Alert)
  .max(20)
  .default([])
  .describe('What a digest tells first when it is so. An alert never makes a mail of its own.');

/** Which target has to be missed, and in how many weeks running. */
export type MissedTarget = Missed;
export type AlertRule = z.output<typeof Alert>;
