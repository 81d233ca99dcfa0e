import { localHour } from '../calendar/local-time.ts';
import type { QaResult } from '../filter/filter.ts';
import type { FilterableCall } from '../filter/match.ts';
import type { Call, SentimentLabel } from '../model.ts';
import { type AttentionRules, reasonsOf } from './attention.ts';
import { partyOf } from './party.ts';

/** What of a call decides whether it is wanted. */
type Facts = Pick<
  Call,
  | 'id'
  | 'from'
  | 'to'
  | 'day'
  | 'agent'
  | 'direction'
  | 'started'
  | 'durationSeconds'
  | 'qa'
  | 'score'
  | 'grade'
  | 'passed'
  | 'tooShort'
> &
  Pick<FilterableCall, 'topic' | 'phrases' | 'metadata'> & {
    sentiment?: { label?: SentimentLabel; score?: number };
    rules: readonly { rule: string; pass?: boolean }[];
  };

/**
 * What a filter looks at in a call, counted as the figures count: of a call that is not evaluated there is no score, grade or
 * rule, and a call that is too short is in no score figure.
 * @param attention what decides whether a call needs attention
 * @param team of the call's agent
 * @param timeZone in which hours are told
 * @param insights those of what calls are told apart by
 */
export function filterableOf(
  call: Facts,
  attention: AttentionRules,
  team: string | undefined,
  timeZone: string,
  insights?: FilterableCall['insights'],
): FilterableCall {
  const evaluated = isCounted(call);
  const rules = evaluated ? call.rules : [];
  const named = (pass: boolean) => rules.filter((rule) => rule.pass === pass).map(({ rule }) => rule);
  return {
    day: call.day,
    agent: call.agent ?? '',
    team,
    direction: call.direction,
    // Only where hours are asked for: telling one is the dearest of all.
    get hour() {
      return call.started === undefined ? undefined : localHour(call.started, timeZone);
    },
    durationSeconds: call.durationSeconds,
    label: call.sentiment?.label,
    sentiment: call.sentiment?.score,
    qa: qaResultOf(call),
    score: evaluated ? call.score : undefined,
    grade: evaluated && call.passed !== undefined ? call.grade : undefined,
    failed: named(false),
    passed: named(true),
    criticalFailed: named(false).some((rule) => attention.critical.has(rule)),
    get attention() {
      return reasonsOf(call, attention).length > 0;
    },
    get party() {
      return partyOf(call);
    },
    topic: call.topic,
    phrases: call.phrases,
    insights,
    metadata: call.metadata,
  };
}

/** Whether figures count a call's score and rules. */
export const isCounted = ({ qa, tooShort }: Pick<Call, 'qa' | 'tooShort'>): boolean => qa === 'evaluated' && !tooShort;

/** How a call stands with QA, as figures count it. */
export function qaResultOf({ tooShort, qa, passed }: Pick<Call, 'tooShort' | 'qa' | 'passed'>): QaResult {
  if (tooShort) return 'too-short';
  if (qa === 'not evaluated') return 'not-evaluated';
  if (qa === 'not evaluated yet') return 'not-evaluated-yet';
  if (passed === undefined) return 'unscored';
  return passed ? 'passed' : 'failed';
}
