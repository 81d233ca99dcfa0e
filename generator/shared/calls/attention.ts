import type { Call, RuleResult, Sentiment } from '../model.ts';
import type { Reason } from '../view.ts';
import { byShownId } from './shown-id.ts';

/** What decides of a call whether it needs attention. */
export type Judged = Pick<
  Call,
  'id' | 'alias' | 'day' | 'started' | 'tooShort' | 'qa' | 'score' | 'passed' | 'durationSeconds'
> & {
  sentiment?: Pick<Sentiment, 'score'>;
  rules: readonly Pick<RuleResult, 'rule' | 'pass'>[];
};

/** What decides whether a call needs attention, beside the call itself. */
export interface AttentionRules {
  passMark: number;
  /** Identities of the critical rules. */
  critical: ReadonlySet<string>;
  /** Rule → its name as shown; a rule that is not in it is called by its identity. */
  names: ReadonlyMap<string, string>;
  /** Seconds; a call strictly beyond them is unusually short or long. Absent under 20 calls. */
  usual?: { shortest: number; longest: number };
}

/** Names as `AttentionRules` has them, from what a site knows of its rules. */
export const namesOf = (rules: { [rule: string]: { name: string } }): AttentionRules['names'] =>
  new Map(Object.entries(rules).map(([rule, { name }]) => [rule, name]));

/** A rule's name as shown. */
export const nameOf = ({ names }: Pick<AttentionRules, 'names'>, rule: string): string => names.get(rule) ?? rule;

/** Calls that "Hear these first" lists. */
export const ATTENTION_LIMIT = 7;

/**
 * Points: what each reason weighs. A call that failed has more than negative sentiment and an unusual length together, and a
 * failed critical rule more than all others together.
 */
const CRITICAL = 200;
const FAILED = 40;
/** Added to a failed call's by how far its score lies below the mark. */
const BELOW_MARK = 50;
const NEGATIVE = 20;
const UNUSUAL_LENGTH = 10;
const NEGATIVE_SCORE = -0.5;
/** Calls from which percentiles of the duration mean something. */
const CALLS_FOR_PERCENTILES = 20;

/** Why a call needs attention, weightiest first; empty where it does not. Site and digest rank by this alone. */
export function reasonsOf(call: Judged, rules: AttentionRules): Reason[] {
  const reasons: Reason[] = [];
  const { durationSeconds, score, sentiment } = call;
  if (!call.tooShort) {
    const failed = call.rules.flatMap(({ rule, pass }) => (pass === false && rules.critical.has(rule) ? [rule] : []));
    if (failed.length > 0)
      reasons.push({ kind: 'critical', rules: failed.sort().map((rule) => nameOf(rules, rule)), points: CRITICAL });
    const { passMark } = rules;
    if (call.qa === 'evaluated' && call.passed === false)
      reasons.push({ kind: 'failed', score, passMark, points: FAILED + missing(score, passMark) });
    if (sentiment?.score !== undefined && sentiment.score <= NEGATIVE_SCORE)
      reasons.push({ kind: 'negative', score: sentiment.score, points: NEGATIVE });
  }
  if (rules.usual && durationSeconds !== undefined) {
    if (durationSeconds > rules.usual.longest) reasons.push({ kind: 'long', durationSeconds, points: UNUSUAL_LENGTH });
    if (durationSeconds < rules.usual.shortest)
      reasons.push({ kind: 'short', durationSeconds, points: UNUSUAL_LENGTH });
  }
  return reasons.filter(({ points }) => points > 0);
}

/** Nothing where a failed call has no score, or one that reaches the mark: its own record says then that it failed. */
const missing = (score: number | undefined, passMark: number): number =>
  score === undefined || passMark <= 0 ? 0 : (BELOW_MARK * Math.max(0, passMark - score)) / passMark;

/** In millionths, so that sums which are equal on paper are equal here. */
const pointsOf = (reasons: readonly Reason[]): number =>
  Math.round(reasons.reduce((sum, { points }) => sum + points, 0) * 1e6);

/** A call with what makes it need attention. */
export interface Flagged<Each extends Judged = Call> {
  call: Each;
  reasons: Reason[];
}

/** Most points first; equal ones newest first, then by id. */
const worstFirst = (a: Flagged<Judged>, b: Flagged<Judged>): number =>
  pointsOf(b.reasons) - pointsOf(a.reasons) || newestFirst(a.call, b.call);

/**
 * The calls that need attention, worst first. The mail calls it with the day's calls and `report.attention`, as the site does; `callLine` then puts
 * the reasons beside each call, and `reasonInWords` puts them into words.
 */
export const rankAttention = <Each extends Judged>(calls: readonly Each[], rules: AttentionRules): Flagged<Each>[] =>
  calls
    .map((call) => ({ call, reasons: reasonsOf(call, rules) }))
    .filter(({ reasons }) => reasons.length > 0)
    .sort(worstFirst);

/** How many calls need attention, and the worst of them. */
export interface AttentionList<Each extends Judged = Call> {
  total: number;
  worst: Flagged<Each>[];
}

/** The list with more calls in it, holding no more than `limit` of all. */
export function addAttention<Each extends Judged>(
  list: AttentionList<Each>,
  ranked: readonly Flagged<Each>[],
  limit: number,
): AttentionList<Each> {
  return {
    total: list.total + ranked.length,
    worst: [...list.worst, ...ranked.slice(0, limit)].sort(worstFirst).slice(0, limit),
  };
}

/** What a call is put in order by; a row of a browser has its path. */
type Started = Pick<Call, 'id' | 'alias' | 'day' | 'started'> & { path?: string };

/** Newest start first, then by id; calls without an hour are the last of their day, those without a start of all. */
export function newestFirst(a: Started, b: Started): number {
  const [x, y] = [a, b].map(({ day, started = '' }) => `${day ?? ''} ${started}`) as [string, string];
  return x === y ? byShownId(a, b) : x < y ? 1 : -1;
}

/**
 * The 5th and 95th percentile by nearest rank.
 * @param durations seconds with their number of calls, ascending
 */
export function usualLength(durations: readonly [number, number][]): AttentionRules['usual'] {
  const n = durations.reduce((sum, [, calls]) => sum + calls, 0);
  if (n < CALLS_FOR_PERCENTILES) return undefined;
  return { shortest: atRank(durations, Math.ceil(0.05 * n)), longest: atRank(durations, Math.ceil(0.95 * n)) };
}

function atRank(durations: readonly [number, number][], rank: number): number {
  let seen = 0;
  for (const [seconds, calls] of durations) {
    seen += calls;
    if (seen >= rank) return seconds;
  }
  throw new Error(`rank out of range: ${rank}`);
}
