import type { RuleResult } from '../model.ts';
import type { AgentRef, CallLine, Reason } from '../view.ts';
import type { AttentionRules } from './attention.ts';
import { failedRules } from './failed-rules.ts';

/** What a line tells of a call, whether it is read from the state or from the columns of a month. */
export interface LineFacts extends Omit<CallLine, 'href' | 'agent' | 'failedRules' | 'reasons'> {
  path: string; // e.g., "/calls/c01/"
  rules: readonly Pick<RuleResult, 'rule' | 'pass'>[];
}

/**
 * One call as lists, the overview and the mail show it; of its failed rules the critical ones come first.
 * @param agent the call's, as shown
 * @param rules rules' names and which are critical
 * @param reasons why the call needs attention, where the list is about that
 */
export function callLine(
  call: LineFacts,
  agent: AgentRef,
  rules: Pick<AttentionRules, 'names' | 'critical'>,
  reasons?: Reason[],
): CallLine {
  const failed = call.rules.filter(({ pass }) => pass === false).map(({ rule }) => rule);
  return {
    id: call.id,
    href: call.path,
    day: call.day,
    started: call.started,
    agent,
    direction: call.direction,
    durationSeconds: call.durationSeconds,
    sentiment: call.sentiment && { label: call.sentiment.label, score: call.sentiment.score },
    qa: call.qa,
    score: call.score,
    grade: call.grade,
    passed: call.passed,
    tooShort: call.tooShort,
    failedRules: failedRules(failed, rules).map(({ name, critical }) => ({ name, critical })),
    topic: call.topic,
    summary: call.summary,
    reasons,
  };
}
