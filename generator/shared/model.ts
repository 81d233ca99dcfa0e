/**
 * The records that every stage works on, shared with `site/`. Imports nothing from Node.
 * What each field means is settled by the input contract; see `docs/data.md`.
 */

export type Direction = 'inbound' | 'outbound' | 'internal' | 'unknown';
/** What calls can be told apart by: their topic, the phrases that were said, an insight by its key, or a field of the metadata by its label. */
export type DimensionId = 'topic' | 'phrase' | `insight.${string}` | `field.${string}`; // e.g., "field.Queue"
export type SentimentLabel = 'positive' | 'neutral' | 'negative' | 'mixed';

/**
 * `evaluated`: rules were checked, or the record gives a score or a pass; a share of passed calls is of those whose `passed` is
 * known. `not evaluated`: the model gave none. `not evaluated yet`: its rows are still to come.
 */
export type QaState = 'evaluated' | 'not evaluated' | 'not evaluated yet';

/** How the pipeline knew which voice is the agent's: by the recording's channels, or by a phrase that only agents say. */
export type SpeakerSource = 'channel' | 'phrase';

/** Sentiment of one call, both speakers together. An insight may have taken any of its fields. */
export interface Sentiment {
  label?: SentimentLabel;
  /** Shares 0..1 as the pipeline gave them; they need not sum to 1. */
  positive?: number;
  neutral?: number;
  negative?: number;
  confidence?: number;
  /** positive - negative, -1..1. */
  score?: number;
  /** True where the record gives the score itself. */
  scoreGiven?: true;
}

/** One rule of one evaluated call. */
export interface RuleResult {
  /** Identity: NFKC, trimmed, single spaces, lower case. */
  rule: string; // e.g., "identity verified"
  /** As this call spelt it, trimmed. */
  name: string; // e.g., "Identity verified"
  category?: string;
  /** 0..100. Never decides the pass. */
  score?: number;
  /** Absent where the model gave none: then the rule is not evaluated on this call. */
  pass?: boolean;
  weight?: number;
  /** What was said, quoted by the model. */
  evidence?: string;
  coachNote?: string;
  /** What the rule asks for, where the record says so. */
  description?: string;
  /** Why it was passed or failed, where the record says so. */
  reason?: string;
}

/** A JSON value of an insight; what the model wrote, never trusted as markup. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

export interface Insight {
  key: string; // e.g., "next_steps"
  value: Json;
}

/** One recorded call, normalised: what the flattened record supports and nothing else. */
export interface Call {
  /** From the object's key alone, or from the row. */
  id: string;
  /** What stands for the id on pages, in files, mail and logs where outside parties are masked; absent: the id itself. */
  alias?: {
    id: string; // e.g., "rec_0_CUST_••77-0123456789_AGENT_ann"
    /** Of its page's path. */
    segment: string; // e.g., "~3fe1c0d2a4b6978812345678"
  };
  /** Local day of the start in the tenant's zone, or null where the start is unknown. */
  day: string | null; // e.g., "2026-03-30"
  /** ISO 8601 in UTC. Absent beside a day: the record gives the day of the start and no hour. */
  started?: string;
  ended?: string;
  durationSeconds?: number;
  direction: Direction;
  /** True where the direction was worked out from the agent domains. */
  directionDerived?: true;
  from?: string;
  to?: string;
  /** Identity of the agent, see `agentId`, or null: unknown. */
  agent: string | null; // e.g., "ann@agents.example" or "mary o'brien"
  /** The agent's name as this call spells it; absent where that is its identity, or where it is an address. */
  agentName?: string; // e.g., "Mary O'Brien"
  sentiment?: Sentiment;
  qa: QaState;
  /** 0..100; only where evaluated. */
  score?: number;
  grade?: string;
  /** score >= the pass mark, or what the record itself says; only where evaluated. */
  passed?: boolean;
  /** True where the record says itself whether the call passed. */
  passedGiven?: true;
  rules: RuleResult[];
  /** Shorter than the tenant's shortest call: counted in calls and duration, in no score figure. */
  tooShort?: true;
  insights: Insight[];
  /** Extended metadata, label → value, only the paths that the tenant configured. */
  metadata: { label: string; value: string }[];
  wordCount?: number;
  utteranceCount?: number;
  /** When the pipeline analysed it; ISO 8601 in UTC, or a local day where the record gives no hour. */
  processed?: string;
  transcript: 'present' | 'absent' | 'refused';
  /** Names of the configured phrases that its transcript says; absent where it has none, or no phrase is configured. */
  phrases?: string[];
  /** Absent: the transcript's speakers are in the order in which they were heard, whatever they are called. */
  speakerSource?: SpeakerSource;
  /** Language that was spoken, where the pipeline heard or was told it for this call. */
  language?: string; // e.g., "en-GB"
  /** True where the record names a recording, and the tenant lets readers hear it. */
  recording?: true;
  /** Why the call has no evaluation, in the pipeline's words. */
  notEvaluatedReason?: string;
}

/** One turn of a transcript. */
export interface Utterance {
  /** As the pipeline wrote it: `agent` is the first voice heard, `customer` the other; `site/report/call/transcript/voices.ts` says who speaks. */
  speaker: string;
  /** Seconds from the start; absent where the transcript has no timing. */
  start?: number;
  end?: number;
  text: string;
}

/** Something read that needs telling, such as two rows of one rule, or a cell that could not be read. */
export interface Remark {
  callId: string;
  /** What it is about, of the closed list in `normalize/remarks.ts`: remarks of one code and column are one trouble. */
  code: string; // e.g., "not-a-number"
  text: string;
  /** The column or field that it speaks of, as the record spells it. */
  column?: string; // e.g., "duration_seconds"
}
