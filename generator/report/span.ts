import { addDays } from '../../site/lib/days.ts';
import type { Window } from './view.ts';

/** A window of L days is compared with the one shifted back by whole weeks, so that weekdays match. */
export function windowOf(to: string, days: number): Window {
  const shift = -7 * Math.ceil(days / 7);
  const from = addDays(to, 1 - days);
  return { from, to, days, before: { from: addDays(from, shift), to: addDays(to, shift) } };
}
