/**
 * What several pages show: figures, lines of lists, the site and its period. Plain JSON, like the pages of `view.ts` that are made of it.
 */
import type { DimensionId, Direction, QaState, SentimentLabel } from './model.ts';

/** A sentence whose key words are strong and whose numbers are links. */
export type Phrase = (string | { text: string; strong?: true; href?: string })[];

/**
 * Figures over a set of calls. A figure whose columns are missing is absent, never 0 or null. Ratios 0..1, unrounded.
 * Counts and sums add up over days; averages are worked out from them.
 */
export interface Totals {
  calls: number;
  /** Calls by the hour of their start, 0 to 23. */
  hours?: { [hour: string]: number };
  durationCalls?: number;
  durationSeconds?: number;
  averageDurationSeconds?: number;
  sentimentAnalysed?: number;
  sentimentSum?: number;
  /** Mean of positive - negative, -1..1. */
  averageSentiment?: number;
  positive?: number;
  neutral?: number;
  negative?: number;
  mixed?: number;
  qaEvaluated?: number;
  qaPassed?: number;
  /** Calls with a score, where they are not as many as evaluated ones. */
  qaScored?: number;
  qaPassRate?: number;
  qaScoreSum?: number;
  qaAverageScore?: number;
  /** Calls on which a critical rule failed. */
  criticalFailed?: number;
  /** Calls by grade, evaluated ones only. */
  grades?: { [grade: string]: number };
  /** Evaluated calls by tens of their score: "80" is from 80 on and below 90, "90" up to 100. */
  scores?: { [tens: string]: number };
  /** Those of them that failed. */
  failedScores?: { [tens: string]: number };
  inbound: number;
  outbound: number;
  internal: number;
  unknown: number;
  notEvaluated: number;
  notEvaluatedYet: number;
  /** Calls with rules and neither a score nor an overall pass: in no score figure and no share; absent where there is none. */
  evaluatedWithoutScore?: number;
  tooShort: number;
}

export interface DayTotals extends Totals {
  date: string; // e.g., "2026-03-30"
  /**
   * Passed over evaluated calls of the seven days that end on it, also of days before the window. It begins on the seventh day after the first one
   * with a call: before, there are no seven days.
   */
  passedMean?: number;
}

/** Whole organization, over all of its data: `data/overview.json`. */
export interface OverviewData {
  period: { from: string; to: string; timeZone: string } | { timeZone: string };
  totals: Totals & { transcribedNotAnalysed: number; undated: number };
  days: DayTotals[];
}

/** A span of local days, both ends included, and the one that it is compared with. */
export interface Window {
  from: string;
  to: string;
  days: number;
  /** Absent where nothing is compared: those days would reach back before the first one with a call. */
  before?: { from: string; to: string };
  /** Of a calendar month: the same month a year earlier, where there are calls of all of it. */
  yearBefore?: { from: string; to: string };
  /** It has every day that there are calls of, up to the last complete one. */
  all?: true;
  /** A calendar week or month: the compared one may be longer, so volumes are compared as means per day. */
  perDay?: true;
  /** A later day that is not complete yet, shown as "so far". */
  partial?: { day: string; calls: number };
}

/** What an organization wants to reach. */
export interface Targets {
  /** Share of evaluated calls that pass, 0..1. */
  qaPassed?: number;
  /** 0..100 */
  averageScore?: number;
  /** Rule → share of its own evaluated calls on which it passes, 0..1. */
  rules?: { [rule: string]: number };
}

/** What every page knows of its organization. */
export interface SiteView {
  /** Says whose site it is, as the links of a digest do: the gate refuses it where somebody else is signed in. */
  mark: string; // e.g., "3fa9c01b"
  name: string;
  /** Site path of the logo. */
  logo?: string; // e.g., "/logo.png"
  /** BCP 47. */
  locale: string;
  timeZone: string;
  passMark: number;
  minimumN: number;
  /** Whether any call of the organization has QA results; without them nothing of QA is shown. */
  hasQa: boolean;
  hasSentiment: boolean;
  /** Whether there are several topics to compare; without them there is no page of them. */
  hasTopics?: true;
  /** Whether any call comes from the pipeline's own objects, and any from a sheet. A sheet does not say who or what made its results. */
  fromPipeline?: true;
  fromSheets?: true;
  /** Absent where the tenant has set none. */
  targets?: Targets;
  /** First day of the week, 0 = Sunday; without it Monday. */
  weekStart?: number;
  /** See `Place`: of the newest day with a call. */
  year?: string;
}

/** What a reader needs to trust the numbers of a page. */
export interface TrustView {
  period?: { from: string; to: string };
  timeZone: string;
  /** True where the tenant's configuration names the zone; else it is UTC by default, and the page says so. */
  timeZoneStated: boolean;
  /** Start of the newest call, ISO 8601; its local day where it has no hour. */
  dataTo?: string;
  /** Calls read, all days. */
  read: number;
  refused: number;
  notEvaluated: number;
  notEvaluatedYet: number;
  evaluatedWithoutScore?: number;
  tooShort: number;
  transcribedNotAnalysed: number;
  undated: number;
  /** Undated calls whose start is there and could not be read; absent where there is none. */
  unreadStarts?: number;
  /** What is wrong with much of the input, one sentence for each trouble; absent where there is none. */
  troubles?: string[];
}

/** Things told one by one, as far as the first thousand. */
export interface LimitedList<Line> {
  lines: Line[];
  /** Things beyond those. */
  more: number;
  /** All of them by code. */
  codes: { [code: string]: number };
}

/** An object, a sheet or a row that is refused. */
export interface RefusedLine {
  key: string; // e.g., "final/v2.0-flat/calls/q2-empty.jsonl"
  code: string; // e.g., "empty"
  reason: string; // e.g., "the file is empty" or "row 17: it has no call id"
}

/** Something that needs telling of a call that was read, or of a whole column. */
export interface RemarkLine {
  code: string; // e.g., "not-a-number"
  text: string;
  column?: string;
  callId?: string;
  href?: string;
  /** Of a whole column: the sheet's key; without it the column is JSONL's. */
  key?: string;
}

/** Calls that the pipeline has not brought to their end. */
export interface WaitingView {
  /** Of each state its calls, as far as they are named, and how many more there are. */
  dead: { lines: WaitingLine[]; more: number };
  waiting: { lines: WaitingLine[]; more: number };
  /** What an engine does, and its name. */
  engines: { task: string; name: string }[];
  /** What the pipeline wrote about it could not be read. */
  isUnread?: true;
}

export interface WaitingLine {
  call: string;
  stage: string; // e.g., "transcribe"
  reason: string;
  /** ISO 8601 in UTC. */
  since?: string;
}

export interface AgentRef {
  /** Null: no agent could be told. */
  id: string | null;
  name: string;
  team?: string;
  /** Absent for the unknown agent, who has no page. */
  href?: string; // e.g., "/agents/ann@agents.example/"
  /** Only of a team, whose page is made as an agent's is and shows the calls of so many agents; its id is its name. */
  members?: number;
}

/** A team, as the configuration has it now. */
export interface TeamRef {
  name: string;
  href: string; // e.g., "/teams/South/"
}

/** Where only the calls of some teams are counted. */
export interface OnlyTeams {
  teams: TeamRef[];
  /** The same page and period, of everybody. */
  everyone: string; // e.g., "/qa/?from=2026-11-01&to=2026-11-07"
}

export interface AgentLine {
  agent: AgentRef;
  totals: Totals;
  before: Totals;
  /** Evaluated calls reach the tenant's minimum n: may be ranked. */
  ranked: boolean;
}

/** What the agents of a team did together. */
export interface TeamLine extends Omit<AgentLine, 'agent'> {
  team: TeamRef;
  /** Those with a call in the period. */
  agents: number;
}

export interface RuleLine {
  id: string;
  name: string;
  category?: string;
  weight?: number;
  critical: boolean;
  evaluated: number;
  passed: number;
  before: { evaluated: number; passed: number };
  /** Share passed that the tenant wants to reach, 0..1. */
  target?: number;
  /** Absent where agents are not told apart: on an agent's own page. */
  mostBy?: MostBy;
  /** Share passed by week, oldest first, up to eight weeks that end with the period: on the QA page. */
  trend?: (number | undefined)[];
  /** The team's figures, on an agent's page. */
  team?: { evaluated: number; passed: number };
  /** What came of it in each week of the period, oldest first: on an agent's page. */
  byWeek?: { from: string; to: string; evaluated: number; passed: number }[];
}

/** The calls of one value of a dimension. */
export interface AboutLine {
  /** Absent: all calls of values that are not told apart. */
  value?: string;
  calls: number;
  /** Calls of the period that it is compared with. */
  before: number;
  /** Calls with a label of sentiment. */
  analysed: number;
  negative: number;
  evaluated: number;
  passed: number;
  /** The rule that failed on most of them; absent where none did. */
  rule?: { id: string; name: string; critical: boolean; evaluated: number; failed: number } | undefined;
}

/** What calls are about, by one dimension: most calls first. */
export interface AboutTable {
  id: DimensionId;
  lines: AboutLine[];
  /** Those that have it; of phrases those with a transcript, as a call may have several. */
  calls: number;
}

/** Who failed a rule on most calls. */
export type MostBy =
  /** Known agents with as many failures each: one, or the first three of several; `others` are the rest of them. */
  | { kind: 'agents'; agents: { agent: AgentRef; failed: number; evaluated: number }[]; others: number }
  /** Only calls of unknown agents failed it. */
  | { kind: 'unknown'; failed: number; evaluated: number }
  /** Nothing failed. */
  | { kind: 'none' };

/** Why a call needs attention; points add up to its rank. */
export type Reason =
  | { kind: 'critical'; rules: string[]; points: number }
  /** Evaluated and not passed: by the mark, or by what the record itself says; then `score` may be absent or reach the mark. */
  | { kind: 'failed'; score?: number; passMark: number; points: number }
  | { kind: 'negative'; score: number; points: number }
  | { kind: 'long' | 'short'; durationSeconds: number; points: number };

/** One call in a list. */
export interface CallLine {
  id: string;
  href: string; // e.g., "/calls/c01/"
  day: string | null;
  started?: string;
  agent: AgentRef;
  direction: Direction;
  durationSeconds?: number;
  sentiment?: { label?: SentimentLabel; score?: number };
  qa: QaState;
  score?: number;
  grade?: string;
  passed?: boolean;
  tooShort?: true;
  failedRules: { name: string; critical: boolean }[];
  topic?: string;
  summary?: string;
  reasons?: Reason[];
  /** Number or address of the other party, where a list tells it. */
  party?: string;
}
