import type { Range } from '#shared/calendar/range.ts';
import { type Checks, isEnough } from '#shared/format/rate.ts';
import type { Phrase, SiteView } from '#shared/view.ts';
import type { AgentCounted } from '../agent.ts';
import { failedShare } from '../named-rule.ts';

/** Agents who can be compared at once. */
export const MOST_COMPARED = 4;

/** What one agent's calls of a period come to, beside others. */
export interface Compared extends Pick<AgentCounted, 'agent' | 'totals' | 'weeks' | 'rules'> {
  /** The agent's name, with the id where several of the site have it. */
  name: string;
  period: Range;
  /** The weakest rules that were checked often enough. */
  weakest: AgentCounted['rules'];
}

/** A rule, and what came of it in each column. */
export interface ComparedRule {
  id: string;
  name: string;
  critical: boolean;
  checks: Checks[];
}

/** Several agents of one period, or one agent's two periods: then the first is compared with the second. */
export interface Comparison {
  of: 'agents' | 'periods';
  site: SiteView;
  lead: Phrase;
  columns: Compared[];
  /** Those with any evaluated call, the one that failed most often in any column first. */
  rules: ComparedRule[];
}

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
