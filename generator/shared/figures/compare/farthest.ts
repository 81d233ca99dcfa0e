import { isEnough } from '#shared/format/rate.ts';
import { failedShare } from '../named-rule.ts';
import type { ComparedRule } from './compared.ts';

/** One column's figure, and how many calls it is of. */
export interface Covered {
  value: number | undefined;
  n: number | undefined;
}

/** The places of the columns with the highest and the lowest figure. */
export interface Ends {
  high: number;
  low: number;
}

/** Which columns are farthest apart, of those that are of enough calls; undefined where fewer than two are. */
export function farthest(figures: readonly Covered[], minimumN: number): Ends | undefined {
  const enough = figures.flatMap(({ value, n }, at) =>
    value !== undefined && isEnough(minimumN, n) ? [{ value, at }] : [],
  );
  const [first, ...others] = enough;
  if (!first || others.length === 0) return undefined;
  let [high, low] = [first, first];
  for (const each of others) {
    if (each.value > high.value) high = each;
    if (each.value < low.value) low = each;
  }
  return { high: high.at, low: low.at };
}

/** The same of the share of a rule's own calls on which it failed. */
export const farthestOn = ({ checks }: Pick<ComparedRule, 'checks'>, minimumN: number): Ends | undefined =>
  farthest(
    checks.map((own) => ({ value: failedShare(own), n: own.evaluated })),
    minimumN,
  );
