import type { Row } from '../source/sheets.ts';
import type { TenantConfig } from '../tenant-config.ts';
import { cellsOf } from './cells.ts';
import { isReserved } from './columns.ts';
import type { Facts } from './facts.ts';
import { booleanOf, cellInstant } from './fields.ts';
import { readCell, readInsights } from './insights.ts';
import { readSentiment } from './sentiment.ts';
import { readWideRules } from './wide-rules.ts';

const LABELS = ['positive', 'neutral', 'negative', 'mixed'];
const DIRECTIONS = ['inbound', 'outbound', 'internal', 'unknown'];
/** Insights that the pipeline itself gives every analysed call, whatever the tenant's `ai-config.json` asks for. */
const INSIGHTS = ['summary', 'topic', 'recommendations'] as const;

/** What a row of a sheet says of its call. Read by the wide names only, or by the columns that the tenant names for them. */
export function wideFacts(row: Row, config: TenantConfig): Facts {
  const { columns } = config;
  const cells = cellsOf(row, columns);
  const score = cells.number('overall_score', 'not-a-score', 0, 100);
  const passed = cells.value('qa_overall_pass', booleanOf, 'not-a-verdict');
  const { rules, remarks } = readWideRules(row, columns);
  const isEvaluated = score !== undefined || passed !== undefined || rules.length > 0;
  return {
    direction: cells.value('direction', wordAmong(DIRECTIONS), 'not-a-direction'),
    from: cells.text('calling_party'),
    to: cells.text('called_party'),
    started: cells.value('started_at', cellInstant, 'not-a-timestamp'),
    ended: cells.value('ended_at', cellInstant, 'not-a-timestamp'),
    processed: cells.value('processing_timestamp', cellInstant, 'not-a-timestamp'),
    durationSeconds: cells.number('duration_seconds', 'not-a-number'),
    agent: cells.text('agent_id'),
    sentiment: sentimentOf(cells),
    score,
    grade: cells.value('grade', (text) => /^[A-E]$/.exec(text)?.[0], 'not-a-grade'),
    passed,
    qa: { state: isEvaluated ? 'evaluated' : 'not evaluated', rules, remarks: [] },
    insights: insightsOf(row, config),
    metadata: Object.entries(config.metadata).flatMap(([label, column]) => {
      const value = row[column]?.trim() ?? '';
      return value === '' ? [] : [{ label, value }];
    }),
    wordCount: cells.count('transcript_word_count'),
    utteranceCount: cells.count('utterance_count'),
    remarks: [...cells.remarks, ...remarks],
  };
}

/** A sentiment score of its own wins over positive - negative, but not over "was not analysed". */
function sentimentOf(cells: ReturnType<typeof cellsOf>): Facts['sentiment'] {
  const given = cells.number('sentiment_score', 'not-a-sentiment-score', -1, 1);
  const share = (name: 'positive' | 'neutral' | 'negative' | 'confidence') =>
    cells.number(`sentiment_${name}`, 'not-a-share', 0, 1);
  const fields = {
    overall: cells.value('sentiment_label', wordAmong(LABELS), 'not-a-label'),
    positive: share('positive'),
    neutral: share('neutral'),
    negative: share('negative'),
    confidence: share('confidence'),
  };
  const isKnown = Object.values(fields).some((value) => value !== undefined);
  const sentiment = isKnown ? readSentiment(fields) : {};
  const hasOwn = given !== undefined && sentiment !== undefined;
  if (hasOwn) return { ...sentiment, score: given, scoreGiven: true };
  return isKnown ? sentiment : undefined;
}

/** What the tenant's `ai-config.json` asks for, and what every call has; in the order of the columns. */
function insightsOf(row: Row, { columns, insightKeys }: TenantConfig): Facts['insights'] {
  const keys = new Map(insightKeys.filter((key) => !isReserved(key, columns)).map((key) => [key, key]));
  for (const key of INSIGHTS) keys.set(key === 'recommendations' ? key : (columns[key] ?? key), key);
  return readInsights(
    Object.entries(row).flatMap(([column, text]) => {
      const key = keys.get(column);
      return key === undefined || text.trim() === '' ? [] : [[key, readCell(text)]];
    }),
  );
}

const wordAmong =
  (words: readonly string[]) =>
  (text: string): string | undefined =>
    words.find((word) => word === text.toLowerCase());
