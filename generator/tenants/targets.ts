import { z } from 'zod';
import { LIMITS } from '../lib/limits.ts';
import { atMost, text } from './spec-parts.ts';

/** A part of a whole, 0..1: 85 would be meant as 85 %, so it is refused. */
export const share = z
  .number()
  .refine((value) => value > 0 && value <= 1, 'is not a share: write it from 0 to 1, such as 0.85 for 85 %');

/** `targets` of `report-config.json`. */
export const Targets = z.strictObject({
  qaPassed: share.optional().describe('Share of evaluated calls that pass, such as 0.85.'),
  averageScore: z.number().min(1).max(100).optional().describe('Average score of evaluated calls, 1 to 100.'),
  rules: z
    .record(text(), share)
    .refine(...atMost(LIMITS.configured))
    .optional()
    .describe('Name of a rule → share of its own evaluated calls on which it passes, such as 0.95.'),
});
