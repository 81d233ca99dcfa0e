import { z } from 'zod';
import { text } from './spec-parts.ts';
import { share } from './targets.ts';

const calls = z.int().min(1);

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
      .int()
      .min(1)
      .max(12)
      .optional()
      .describe('So many calendar weeks running missed targets.qaPassed, each with as many calls as minimumN.'),
  })
  .refine(
    (alert) => Object.values(alert).filter((value) => value !== undefined).length === 1,
    'is not an alert: write one of {"criticalFailed": 3}, {"ruleFailed": {"rule": "…", "calls": 3}}, {"passedBelow": 0.75}, {"targetMissed": 2}',
  );

export const Alerts = z
  .array(Alert)
  .max(20)
  .default([])
  .describe('What a digest tells first when it is so. An alert never makes a mail of its own.');

export type AlertRule = z.output<typeof Alert>;
