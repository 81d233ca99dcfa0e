import type { CallRule } from '../view.ts';
import { type AttentionRules, nameOf } from './attention.ts';

/** A rule that failed on a call. */
export interface FailedRule {
  /** The rule's identity. */
  id: string;
  /** As shown. */
  name: string;
  critical: boolean;
}

/**
 * The rules that failed on a call: those that were asked for, then critical ones, then the others; else by identity, since the columns of a month do not
 * keep the order in which the pipeline wrote them.
 * @param failed identities of the rules
 * @param requested identities of rules that somebody looks for
 */
export const failedRules = (
  failed: readonly string[],
  rules: Pick<AttentionRules, 'names' | 'critical'>,
  requested: readonly string[] = [],
): FailedRule[] =>
  failed
    .map((id) => ({ id, name: nameOf(rules, id), critical: rules.critical.has(id) }))
    .sort(
      (a, b) =>
        Number(requested.includes(b.id)) - Number(requested.includes(a.id)) ||
        Number(b.critical) - Number(a.critical) ||
        (a.id < b.id ? -1 : 1),
    );

type Judged = Pick<CallRule, 'pass' | 'critical'>;

/**
 * Order of all rules of a call, on its page and in the places that links to it name: failed critical rules, then failed, passed, and not
 * evaluated ones; else as the pipeline wrote them.
 */
export function failedFirst(a: Judged, b: Judged): number {
  const rank = ({ pass, critical }: Judged) => (pass === false ? (critical ? 0 : 1) : pass === true ? 2 : 3);
  return rank(a) - rank(b);
}
