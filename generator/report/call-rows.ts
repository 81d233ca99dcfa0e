import { insightText, valuesOf } from '#shared/calls/dimensions.ts';
import { byShownId, shownId } from '#shared/calls/shown-id.ts';
import { type CallColumns, type CallRow, encodeCalls } from '#shared/columns/calls.ts';
import { type CallWords, encodeWords, type WordColumns } from '#shared/columns/words.ts';
import type { DimensionId } from '#shared/filter/dimension-id.ts';
import type { Call } from '#shared/model.ts';
import { sha256 } from '../lib/bytes.ts';
import { callPath } from '../lib/paths.ts';

/** One call without its transcript, evidence and insights: so little of a call that those of a month can be held at once. */
export interface SlimCall {
  /** What tells it from all others: no two have the same, also where their ids look alike. */
  identity: string;
  row: CallRow;
  words: CallWords;
}

/** @param insights those of the dimensions that calls are told apart by */
export const slimCall = (call: Call, insights: readonly DimensionId[]): SlimCall => ({
  identity: call.alias?.segment ?? call.id,
  row: {
    id: shownId(call),
    path: callPath(call),
    day: call.day,
    started: call.started,
    ended: call.ended,
    durationSeconds: call.durationSeconds,
    direction: call.direction,
    directionDerived: call.directionDerived,
    from: call.from,
    to: call.to,
    agent: call.agent,
    sentimentLabel: call.sentiment?.label,
    sentiment: call.sentiment?.score,
    sentimentGiven: call.sentiment?.scoreGiven,
    qa: call.qa,
    score: call.score,
    grade: call.grade,
    passed: call.passed,
    passedGiven: call.passedGiven,
    tooShort: call.tooShort,
    rules: Object.fromEntries(call.rules.flatMap(({ rule, pass }) => (pass === undefined ? [] : [[rule, pass]]))),
    metadata: call.metadata.length > 0 ? call.metadata : undefined,
    topic: insightText(call.insights, 'topic'),
    phrases: call.phrases?.toSorted(),
    insights: insightsIn(call, insights),
  },
  words: { summary: insightText(call.insights, 'summary') },
});

function insightsIn(call: Call, ids: readonly DimensionId[]): CallRow['insights'] {
  if (ids.length === 0) return undefined;
  const values = valuesOf(call);
  const own = ids.flatMap((id) => {
    const value = values.get(id);
    return value === undefined ? [] : [[id, value] as const];
  });
  return own.length > 0 ? Object.fromEntries(own) : undefined;
}

/** The two files of one month's calls. @param calls in any order */
export function callColumns(calls: readonly SlimCall[]): { calls: CallColumns; words: WordColumns } {
  const sorted = calls.toSorted(oldestFirst);
  const stamp = sha256(sorted.map(({ identity }) => identity).join('\n')).slice(0, 8);
  return {
    calls: encodeCalls(
      sorted.map(({ row }) => row),
      stamp,
    ),
    words: encodeWords(
      sorted.map(({ words }) => words),
      stamp,
    ),
  };
}

function oldestFirst({ row: a }: SlimCall, { row: b }: SlimCall): number {
  const [x, y] = [`${a.day} ${a.started ?? ''}`, `${b.day} ${b.started ?? ''}`];
  return x === y ? byShownId(a, b) : x < y ? -1 : 1;
}
