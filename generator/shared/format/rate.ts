import type { Totals } from '../view.ts';

/** How often something was checked, and how often it passed. */
export interface Checks {
  evaluated: number;
  passed: number;
}

/** A part of a whole, 0..1, or the mean of a sum; undefined where it divides by nothing or one of both is not known. */
export const ratio = (part: number | undefined, whole: number | undefined): number | undefined =>
  part === undefined || !whole ? undefined : part / whole;

/** The evaluated calls of some totals, as checks of which each passed or failed. */
export const qaChecks = ({ qaEvaluated = 0, qaPassed = 0 }: Pick<Totals, 'qaEvaluated' | 'qaPassed'>): Checks => ({
  evaluated: qaEvaluated,
  passed: qaPassed,
});

/** Share passed, 0..1; undefined where nothing was evaluated. */
export const rateOf = ({ evaluated, passed }: Checks): number | undefined => ratio(passed, evaluated);

/** How many failed. */
export function failedOf({ evaluated, passed }: Checks): number {
  return evaluated - passed;
}

/** Step 0..5 of the heat ramp: 95 or more, 88, 80, 70, 60, under 60 per cent passed. */
export function heatStep(rate: number): 0 | 1 | 2 | 3 | 4 | 5 {
  const percent = Math.round(rate * 1000) / 10;
  if (percent >= 95) return 0;
  if (percent >= 88) return 1;
  if (percent >= 80) return 2;
  if (percent >= 70) return 3;
  return percent >= 60 ? 4 : 5;
}

/** "n = 2,053" over several counts: one number where all agree, else the least and the most. */
export function leastAndMost(counts: number[]): [least: number, most: number] {
  return [Math.min(...counts), Math.max(...counts)];
}

/**
 * Whether so many calls are enough to rank, to compare, or to give a share of: the tenant's minimum n, and never none. With several counts all of them
 * have to be: a change needs enough calls on both sides.
 */
export function isEnough(minimumN: number, ...counts: (number | undefined)[]): boolean {
  return counts.every((n) => n !== undefined && n >= Math.max(1, minimumN));
}
