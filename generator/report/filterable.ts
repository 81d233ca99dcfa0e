import type { FilterableCall, QaResult } from '../../site/lib/call-filter.ts';
import { localHour } from '../../site/lib/hours.ts';
import type { Call } from '../model.ts';

/**
 * What a filter looks at in a call, counted as the figures count: of a call that is not evaluated there is no score, grade or
 * rule, and a call that is too short is in no score figure.
 * @param critical identities of the critical rules
 * @param team of the call's agent
 * @param timeZone in which hours are told
 */
export function filterableOf(
  call: Call,
  critical: ReadonlySet<string>,
  team: string | undefined,
  timeZone: string,
): FilterableCall {
  const evaluated = call.qa === 'evaluated' && !call.tooShort;
  const rules = evaluated ? call.rules : [];
  const named = (pass: boolean) => rules.filter((rule) => rule.pass === pass).map(({ rule }) => rule);
  const scored = evaluated && call.score !== undefined;
  return {
    day: call.day,
    agent: call.agent ?? '',
    team,
    direction: call.direction,
    hour: call.started === undefined ? undefined : localHour(call.started, timeZone),
    durationSeconds: call.durationSeconds,
    label: call.sentiment?.label,
    sentiment: call.sentiment?.score,
    qa: qaResultOf(call),
    score: scored ? call.score : undefined,
    grade: scored ? call.grade : undefined,
    failed: named(false),
    passed: named(true),
    criticalFailed: named(false).some((rule) => critical.has(rule)),
  };
}

function qaResultOf({ tooShort, qa, score, passed }: Call): QaResult {
  if (tooShort) return 'too-short';
  if (qa === 'not evaluated') return 'not-evaluated';
  if (qa === 'not evaluated yet') return 'not-evaluated-yet';
  if (score === undefined) return 'unscored';
  return passed ? 'passed' : 'failed';
}
