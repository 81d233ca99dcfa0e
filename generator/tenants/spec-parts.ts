import { z } from 'zod';
import { agentId } from '#shared/calls/parties.ts';

/** Weekdays, Monday first. */
export const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
export type Weekday = (typeof DAYS)[number];
/** As dates have it: 0 = Sunday. */
export const weekdayNumber = (day: Weekday): number => (DAYS.indexOf(day) + 1) % 7;

/** A text without spaces around it. */
export const text = (max = 200) => z.string().trim().min(1).max(max);
/** An agent's id, as calls have it. */
export const agent = text(320).transform(agentId);
/** @param problemWith says what is wrong with a text, as the end of a sentence */
export const custom = (problemWith: (value: string) => string | undefined) => (value: string, ctx: z.RefinementCtx) => {
  const message = problemWith(value);
  if (message !== undefined) ctx.addIssue({ code: 'custom', message });
};
/** A check of how many keys an object has. */
export const atMost = (most: number) =>
  [(value: object) => Object.keys(value).length <= most, `is not right: write at most ${most} entries`] as const;
