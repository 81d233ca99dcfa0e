import { pointsBetween } from '../format/change.ts';
import { type Checks, failedOf, isEnough, rateOf } from '../format/rate.ts';
import type { RuleLine, Totals } from '../view.ts';

/**
 * The rule that a sentence names, and as what. `rose`, `fell`: its share of failed among its own evaluated calls did, more than that of any other rule.
 * `weakest`: the lowest share passed. `few`: no rule has enough calls for any of these; it failed on most calls, which says nothing but that.
 */
export interface NamedRule {
  rule: RuleLine;
  as: 'rose' | 'fell' | 'weakest' | 'few';
}

type Compared = Pick<Totals, 'qaEvaluated' | 'qaPassRate'>;

/** By how many points the share of passed calls moved; undefined where a side has fewer evaluated calls than minimum n. */
export function passedMoved(now: Compared, before: Compared, minimumN: number): number | undefined {
  if (now.qaPassRate === undefined || before.qaPassRate === undefined) return undefined;
  if (!isEnough(minimumN, now.qaEvaluated, before.qaEvaluated)) return undefined;
  return pointsBetween(now.qaPassRate, before.qaPassRate);
}

/** By how many points a rule's share of failed rose (or fell, below 0); undefined where a side has fewer evaluated calls than minimum n. */
export function failedMoved(rule: Checks & { before: Checks }, minimumN: number): number | undefined {
  if (!isEnough(minimumN, rule.evaluated, rule.before.evaluated)) return undefined;
  return pointsBetween(failedShare(rule), failedShare(rule.before));
}

/**
 * The rule behind a change: where the share of passed calls fell, the one whose failures rose most; where it rose, the one whose failures fell most;
 * else, or where no rule moved that way, the weakest. The mail's subject asks for the same rule as its sentence does.
 * @param rules of the period, each with what it was before
 * @param moved see `passedMoved`
 * @returns undefined where no rule failed on any call, unless its failures fell
 */
export function namedRule(
  rules: readonly RuleLine[],
  moved: number | undefined,
  minimumN: number,
): NamedRule | undefined {
  if (moved !== undefined && moved !== 0) {
    const way = moved < 0 ? 1 : -1;
    const movers = rules.filter((rule) => (failedMoved(rule, minimumN) ?? 0) * way > 0);
    const [most] = movers.sort((a, b) => way * (exactly(b) - exactly(a)) || worstFirst(a, b));
    if (most) return { rule: most, as: way > 0 ? 'rose' : 'fell' };
  }
  const failing = rules.filter((rule) => failedOf(rule) > 0);
  const ranked = failing.filter(({ evaluated }) => isEnough(minimumN, evaluated)).sort(worstFirst);
  if (ranked[0]) return { rule: ranked[0], as: 'weakest' };
  const [few] = failing.sort((a, b) => failedOf(b) - failedOf(a) || worstFirst(a, b));
  return few && { rule: few, as: 'few' };
}

/** Share of a rule's own evaluated calls on which it failed, 0..1. */
export const failedShare = (checks: Checks): number => 1 - (rateOf(checks) ?? 1);

/** Without the noise of binary fractions, so that equal moves are equal. */
const exactly = (rule: RuleLine): number => Math.round((failedShare(rule) - failedShare(rule.before)) * 1e9);

/** Lowest share passed first; of equal ones the one that was checked more often, then by id. */
const worstFirst = (a: RuleLine, b: RuleLine): number =>
  Math.round((failedShare(b) - failedShare(a)) * 1e9) || b.evaluated - a.evaluated || (a.id < b.id ? -1 : 1);
