import type { CallFilter } from '#shared/filter/filter.ts';
import type { Totals } from '#shared/view.ts';

/** The evaluated calls whose score lies in one ten of points, those that failed apart from those that passed. */
export interface Tens {
  least: number; // e.g., 70
  /** The next ten, which is not in it; 100 is. */
  most: number; // e.g., 80
  failed: number;
  passed: number;
  failedCalls: CallFilter;
  passedCalls: CallFilter;
}

/** Scores are kept in millionths: the greatest one below the next ten. */
const BELOW = 1e-6;

/** All ten tens, lowest first. Failed and passed add up to the calls that have a score. */
export function scoreTens({ scores = {}, failedScores = {} }: Pick<Totals, 'scores' | 'failedScores'>): Tens[] {
  return Array.from({ length: 10 }, (_, at) => {
    const least = at * 10;
    const most = least + 10;
    const score = { least, most: most === 100 ? 100 : most - BELOW };
    const failed = failedScores[least] ?? 0;
    return {
      least,
      most,
      failed,
      passed: (scores[least] ?? 0) - failed,
      failedCalls: { qa: ['failed'], score },
      passedCalls: { qa: ['passed'], score },
    };
  });
}
