import type { Sentiment, SentimentLabel } from '#shared/model.ts';
import type { JsonObject } from '../source/json.ts';

/** Sentiment of a call, or undefined where it was not analysed: no label and no scores, or exactly 0, 1, 0 with confidence 0. */
export function readSentiment(fields: JsonObject): Sentiment | undefined {
  const [positive, neutral, negative, confidence] = ['positive', 'neutral', 'negative', 'confidence'].map(
    (name) => fields[name] ?? undefined,
  ) as (number | undefined)[];
  const label = (fields.overall ?? undefined) as SentimentLabel | undefined;
  const scored = positive !== undefined && negative !== undefined;
  if (label === undefined && !scored) return undefined;
  if (positive === 0 && neutral === 1 && negative === 0 && confidence === 0) return undefined;
  return {
    label,
    positive,
    neutral,
    negative,
    confidence,
    // Scores have two decimals; their difference in binary has more.
    score: scored ? Math.round((positive - negative) * 1e6) / 1e6 : undefined,
  };
}
