/**
 * What is read of a row: our name → the wide form's columns that hold it, the first with a value counts. `report-config.json`
 * may name another column instead of these.
 */
export const WIDE_COLUMNS = {
  call_id: ['call_id'],
  direction: ['direction'],
  calling_party: ['calling_party'],
  called_party: ['called_party'],
  started_at: ['started_at'],
  ended_at: ['ended_at'],
  duration_seconds: ['duration_seconds'],
  agent_id: ['agent_id'],
  processing_timestamp: ['processing_timestamp', 'processed_at'],
  sentiment_label: ['sentiment_label', 'sentiment'],
  sentiment_positive: ['sentiment_positive'],
  sentiment_neutral: ['sentiment_neutral'],
  sentiment_negative: ['sentiment_negative'],
  sentiment_confidence: ['sentiment_confidence'],
  sentiment_score: ['sentiment_score'],
  overall_score: ['overall_score', 'qa_overall_score', 'overall_qa_score', 'qa_score'],
  grade: ['grade', 'qa_grade', 'qa_overall_grade', 'overall_qa_grade'],
  qa_overall_pass: ['qa_overall_pass', 'overall_qa_pass'],
  transcript_word_count: ['transcript_word_count'],
  utterance_count: ['utterance_count'],
  summary: ['summary'],
  topic: ['topic'],
} as const;

export type WideName = keyof typeof WIDE_COLUMNS;

/** Our name → the tenant's own column. */
export type ColumnMap = { [name in WideName]?: string | undefined };

/** Columns that may hold a value, best first: the tenant's alone where it names one. */
export function columnsFor(columns: ColumnMap, name: WideName): readonly string[] {
  const own = columns[name];
  return own === undefined ? WIDE_COLUMNS[name] : [own];
}

/** The one column with the call's id. */
export const idColumn = (columns: ColumnMap): string => columns.call_id ?? 'call_id';

const DEFAULTS: ReadonlySet<string> = new Set(Object.values(WIDE_COLUMNS).flat());

/** Columns that are never a rule's or an insight's: those we know, whether they are read or mapped away, and the tenant's own. */
export const isReserved = (column: string, columns: ColumnMap): boolean =>
  DEFAULTS.has(column) || /^(qa_overall|overall_qa)_/.test(column) || Object.values(columns).includes(column);

/** Columns of a rule by its number, `qa_rule_<n>_…`, and by its name, `qa_<rule>_…`. */
export const NUMBERED = /^qa_rule_(\d+)_(name|pass|score|description)$/;
export const NAMED = /^qa_(.+)_(pass|score|reason)$/;
