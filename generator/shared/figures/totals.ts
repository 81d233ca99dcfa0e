import { type Counts, fromMicros } from '../counts/cube.ts';
import { ratio } from '../format/rate.ts';
import type { Totals } from '../view.ts';

/** Which columns an organization's data has at all: a figure whose column is missing is absent. */
export interface Columns {
  duration: boolean;
  sentiment: boolean;
  qa: boolean;
  critical: boolean;
}

export const columnsOf = (counts: Counts, criticalRules: readonly string[]): Columns => ({
  duration: counts.durationCalls > 0,
  sentiment: counts.sentimentAnalysed > 0,
  qa: counts.qaEvaluated + counts.unscored > 0,
  critical: counts.qaEvaluated + counts.unscored > 0 && criticalRules.length > 0,
});

/** Counts and sums only: what adds up over days. */
export function sums(counts: Counts, columns: Columns): Totals {
  const { calls, inbound, outbound, internal, unknown, notEvaluated, notEvaluatedYet, unscored, tooShort } = counts;
  return {
    calls,
    hours: counts.hours,
    ...(columns.duration && {
      durationCalls: counts.durationCalls,
      durationSeconds: fromMicros(counts.durationMicros),
    }),
    ...(columns.sentiment && {
      sentimentAnalysed: counts.sentimentAnalysed,
      sentimentSum: fromMicros(counts.sentimentMicros),
      positive: counts.positive,
      neutral: counts.neutral,
      negative: counts.negative,
      mixed: counts.mixed,
    }),
    ...(columns.qa && {
      qaEvaluated: counts.qaEvaluated,
      qaPassed: counts.qaPassed,
      qaScored: counts.qaScored === counts.qaEvaluated ? undefined : counts.qaScored,
      qaScoreSum: fromMicros(counts.scoreMicros),
      grades: counts.grades,
      scores: counts.scores,
      failedScores: counts.failedScores,
    }),
    ...(columns.critical && { criticalFailed: counts.criticalFailed }),
    inbound,
    outbound,
    internal,
    unknown,
    notEvaluated,
    notEvaluatedYet,
    evaluatedWithoutScore: unscored > 0 ? unscored : undefined,
    tooShort,
  };
}

/** Sums with the averages and rates that they give; one that divides by nothing is absent. */
export function totals(counts: Counts, columns: Columns): Totals {
  const { durationCalls, sentimentAnalysed, qaEvaluated, qaScored } = counts;
  return {
    ...sums(counts, columns),
    averageDurationSeconds: ratio(fromMicros(counts.durationMicros), durationCalls),
    averageSentiment: ratio(fromMicros(counts.sentimentMicros), sentimentAnalysed),
    qaPassRate: ratio(counts.qaPassed, qaEvaluated),
    qaAverageScore: ratio(fromMicros(counts.scoreMicros), qaScored),
  };
}
