import type { Insight, Sentiment } from '#shared/model.ts';
import type { Moment } from '../lib/time.ts';
import type { FieldRemark } from './remarks.ts';
import type { QaReading } from './rules.ts';

/** What a record says of its call, in whichever form it came; what it does not say is absent. */
export interface Facts {
  direction: unknown;
  from?: string | undefined;
  to?: string | undefined;
  started?: Moment | undefined;
  ended?: Moment | undefined;
  /** The column or field that holds the end. */
  endColumn?: string | undefined;
  processed?: Moment | undefined;
  durationSeconds?: number | undefined;
  /** The agent as the record names it. */
  agent?: string | undefined;
  sentiment?: Sentiment | undefined;
  score?: number | undefined;
  grade?: string | undefined;
  /** Whether the call passed, as the record itself says. */
  passed?: boolean | undefined;
  qa: QaReading;
  insights: Insight[];
  metadata: { label: string; value: string }[];
  wordCount?: number | undefined;
  utteranceCount?: number | undefined;
  /** Whether the record names a recording. Where that lies, and whether it is still kept, is another matter. */
  recording?: boolean;
  /** Told to the reader, such as a cell that is no number. */
  remarks: FieldRemark[];
}
