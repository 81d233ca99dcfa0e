import { LIMITS } from '../lib/limits.ts';
import { isAbsentWord } from '../source/absent-word.ts';
import type { Row } from '../source/known-sheet.ts';
import { isReserved } from '../tenants/column-names.ts';
import { type Cells, cellsOf } from './cells.ts';
import type { Facts } from './facts.ts';
import { readInsightCells } from './insights.ts';
import { momentsUpTo } from './moments.ts';
import { partyOf } from './party-value.ts';
import { type Ledger, ledger, type Reader, read, upTo } from './reading.ts';
import { readSentiment } from './sentiment.ts';
import type { CallTerms } from './terms.ts';
import { callLengthOf, countOf, gradeOf, numberWithin, overallScoreOf, verdictOf, wordAmong } from './values.ts';
import { readWideRules } from './wide-rules.ts';

const LABELS = ['positive', 'neutral', 'negative', 'mixed'] as const;
const DIRECTIONS = ['inbound', 'outbound', 'internal', 'unknown'] as const;
const asWritten: Reader<string> = (value) => read(String(value).trim());
const AGENT = upTo(LIMITS.party, asWritten);
const METADATA = upTo(LIMITS.metadata, asWritten);
/** Insights that the pipeline itself gives every analysed call, whatever the tenant's `ai-config.json` asks for. */
const INSIGHTS = ['summary', 'topic', 'recommendations'] as const;

/**
 * What a row of a sheet says of its call. Read by the wide names only, or by the columns that the tenant names for them.
 * @param modified when the store received the sheet, in milliseconds since the epoch
 */
export function wideFacts(row: Row, config: CallTerms, modified?: number): Facts {
  const { columns } = config;
  const book = ledger();
  const cells = cellsOf(row, columns, book.take);
  const moment = momentsUpTo(modified, config.timeZone);
  const score = cells.take('overall_score', overallScoreOf);
  const passed = cells.take('qa_overall_pass', verdictOf);
  const rules = readWideRules(row, columns, book);
  const isEvaluated = score !== undefined || passed !== undefined || rules.length > 0;
  return {
    direction: cells.take('direction', wordAmong('not-a-direction', DIRECTIONS)),
    from: cells.text('calling_party') && cells.take('calling_party', partyOf),
    to: cells.text('called_party') && cells.take('called_party', partyOf),
    started: cells.take('started_at', moment),
    ended: cells.take('ended_at', moment),
    endColumn: cells.column('ended_at'),
    processed: cells.take('processing_timestamp', moment),
    durationSeconds: cells.take('duration_seconds', callLengthOf),
    agent: cells.text('agent_id') && cells.take('agent_id', AGENT),
    sentiment: sentimentOf(cells),
    score,
    grade: cells.take('grade', gradeOf),
    passed,
    qa: { state: isEvaluated ? 'evaluated' : 'not evaluated', rules, remarks: [] },
    insights: insightsOf(row, config, book),
    metadata: Object.entries(config.metadata).flatMap(([label, column]) => {
      const value = isAbsentWord(row[column] ?? '') ? undefined : book.take(column, row[column], METADATA);
      return value === undefined ? [] : [{ label, value }];
    }),
    wordCount: cells.take('transcript_word_count', countOf),
    utteranceCount: cells.take('utterance_count', countOf),
    remarks: book.remarks,
  };
}

/** A sentiment score of its own wins over positive - negative, but not over "was not analysed". */
function sentimentOf(cells: Cells): Facts['sentiment'] {
  const given = cells.take('sentiment_score', numberWithin('not-a-sentiment-score', -1, 1));
  const share = (name: 'positive' | 'neutral' | 'negative' | 'confidence') =>
    cells.take(`sentiment_${name}`, numberWithin('not-a-share', 0, 1));
  const fields = {
    overall: cells.take('sentiment_label', wordAmong('not-a-label', LABELS)),
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
function insightsOf(row: Row, { columns, insightKeys }: CallTerms, book: Ledger): Facts['insights'] {
  const keys = new Map(insightKeys.filter((key) => !isReserved(key, columns)).map((key) => [key, key]));
  for (const key of INSIGHTS) keys.set(key === 'recommendations' ? key : (columns[key] ?? key), key);
  return readInsightCells(
    Object.entries(row).flatMap(([column, text]) => {
      const key = keys.get(column);
      return key === undefined ? [] : [{ key, column, text }];
    }),
    book,
  );
}
