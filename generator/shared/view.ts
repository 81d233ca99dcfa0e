/**
 * View models: one per page, plain JSON, everything a page shows. Shared with `site/`; imports nothing from Node.
 * Numbers stay numbers; `generator/shared/format/format.ts` puts them into words for page and e-mail alike.
 */
import type { Direction, Insight, QaState, Sentiment, SentimentLabel, SpeakerSource, Utterance } from './model.ts';

/** A sentence whose key words are strong and whose numbers are doors. */
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
  /** Whether any call comes from the pipeline's own objects, and any from a sheet. A sheet does not say who or what made its results. */
  fromPipeline?: true;
  fromSheets?: true;
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
export interface Told<Line> {
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

export interface AgentRef {
  /** Null: no agent could be told. */
  id: string | null;
  name: string;
  team?: string;
  /** Absent for the unknown agent, who has no page. */
  href?: string; // e.g., "/agents/ann@agents.example/"
}

export interface AgentLine {
  agent: AgentRef;
  totals: Totals;
  before: Totals;
  /** Evaluated calls reach the tenant's minimum n: may be ranked. */
  ranked: boolean;
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
  /** Absent where agents are not told apart: on an agent's own page. */
  mostBy?: MostBy;
  /** Share passed by week, oldest first, up to eight weeks that end with the period: on the QA page. */
  trend?: (number | undefined)[];
  /** The team's figures, on an agent's page. */
  team?: { evaluated: number; passed: number };
  /** What came of it in each week of the period, oldest first: on an agent's page. */
  byWeek?: { from: string; to: string; evaluated: number; passed: number }[];
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

interface Page<Kind extends string> {
  kind: Kind;
  /** Site path. */
  path: string; // e.g., "/agents/"
  title: string;
  site: SiteView;
}

export interface OverviewPage extends Page<'overview'> {
  /** Absent where no call has a day. */
  window?: Window;
  lead: Phrase;
  totals: Totals;
  before: Totals;
  /** Of the same month a year earlier. */
  yearBefore?: Totals;
  /** Each day of the window, days without calls included. */
  days: DayTotals[];
  /** Calls of the window's last day that need attention, most urgent first. */
  attention: { day?: string; total: number; calls: CallLine[] };
  /** Absent where no call of the seven days that end with the window has an outside party. */
  repeatCallers?: RepeatCallers;
  /** Worst first. */
  rules: RuleLine[];
  mostCalls: AgentLine[];
  mostPositive: AgentLine[];
  mostFailures: AgentLine[];
  /** Agents with any call in the window. */
  agentCount: number;
  trust: TrustView;
}

/** Outside parties with three or more calls in seven days, most calls first. */
export interface RepeatCallers {
  from: string;
  to: string;
  total: number;
  /** The first of them; with their calls, the days on which these were, and the last of these. */
  callers: { party: string; calls: number; days: number; last: string }[];
}

export interface AgentsPage extends Page<'agents'> {
  window?: Window;
  agents: AgentLine[];
  /** Of all agents together, the unknown one too. */
  everyone: { totals: Totals; before: Totals };
  trust: TrustView;
}

/** A call on which a rule failed, to be talked about. */
export interface RuleExample {
  /** Where on the call's page the rule is seen. */
  href: string; // e.g., "/calls/c01/#q-1"
  id: string;
  /** Local day of the start. */
  day: string | null;
  /** ISO 8601 in UTC. */
  started?: string;
  durationSeconds?: number;
  coachNote?: string;
  evidence?: string;
}

/** One week of an agent. */
export interface AgentWeek {
  from: string;
  to: string;
  /** Seven; fewer in the week in which the data begins. */
  days: number;
  own: Totals;
  /** Of the team, the agent included; of everybody where there is no team. */
  team?: Totals;
}

export interface AgentPage extends Page<'agent'> {
  agent: AgentRef;
  window?: Window;
  lead: Phrase;
  totals: Totals;
  before: Totals;
  /** Of the agent's team, the agent included; of everybody where there is no team. Absent where that is nobody else. */
  team?: Totals;
  /** The weeks that end with the period, at most eight, oldest first. */
  weeks: AgentWeek[];
  rules: RuleLine[];
  /** The weakest rules that were checked often enough, with what was noted and said; at most three. */
  workOn: { rule: RuleLine; examples: RuleExample[] }[];
  /** By score; by sentiment where there is no QA. Absent with too few calls, or where all are alike. */
  bestAndWorst?: { best: CallLine; worst: CallLine };
  attention: { total: number; calls: CallLine[] };
  /** Newest first, at most the page's limit. */
  calls: CallLine[];
  /** All calls of this agent, any day. */
  callCount: number;
  trust: TrustView;
}

export interface CallsPage extends Page<'calls'> {
  /** Newest first, at most the page's limit; calls without a start are last. */
  calls: CallLine[];
  callCount: number;
  trust: TrustView;
}

export interface QaPage extends Page<'qa'> {
  window?: Window;
  lead: Phrase;
  totals: Totals;
  before: Totals;
  days: DayTotals[];
  rules: RuleLine[];
  categories: {
    name: string;
    rules: number;
    evaluated: number;
    passed: number;
    before: { evaluated: number; passed: number };
  }[];
  /** Agents by rules, weakest first; `cells` go with `rules`. */
  matrix: {
    agent: AgentRef;
    totals: Totals;
    ranked: boolean;
    cells: { evaluated: number; passed: number; before: { evaluated: number; passed: number } }[];
  }[];
  trust: TrustView;
}

export interface CallRule {
  name: string;
  category?: string;
  critical: boolean;
  /** About what the customer says: its quote does not tell which voice is the agent's. */
  ofCustomer?: true;
  score?: number;
  weight?: number;
  /** Absent: this rule was not evaluated on this call. */
  pass?: boolean;
  evidence?: string;
  coachNote?: string;
  description?: string;
  reason?: string;
}

export interface CallPage extends Page<'call'> {
  id: string;
  day: string | null;
  started?: string;
  ended?: string;
  durationSeconds?: number;
  direction: Direction;
  directionDerived?: true;
  from?: string;
  to?: string;
  agent: AgentRef;
  sentiment?: Sentiment;
  qa: QaState;
  score?: number;
  grade?: string;
  passed?: boolean;
  /** The record says itself whether the call passed: the mark does not decide it. */
  passedGiven?: true;
  tooShort?: true;
  rules: CallRule[];
  summary?: string;
  topic?: string;
  insights: Insight[];
  metadata: { label: string; value: string }[];
  wordCount?: number;
  utteranceCount?: number;
  /** How the pipeline knew the speakers; absent: it did not. */
  speakerSource?: SpeakerSource;
  language?: string;
  /** Why the call has no evaluation, in the pipeline's words. */
  notEvaluatedReason?: string;
  transcript: { state: 'present' | 'absent' | 'refused'; turns: Utterance[] };
  processed?: string;
}

export interface AboutPage extends Page<'about'> {
  /** Where the pass mark comes from. */
  passMarkFrom: 'report-config' | 'qa-config' | 'default';
  /** False where the tenant has no report-config.json. */
  configured: boolean;
  criticalRules: string[];
  shortestCallSeconds?: number;
  agentDomains: string[];
  masking: boolean;
  digest: boolean;
  refused: Told<RefusedLine>;
  remarks: Told<RemarkLine>;
  /** Names under `calls/` and `qa/` that are not calls. */
  ignored: { lines: string[]; more: number };
  /** Columns that are not read, a sentence for each sheet; configured ones that no sheet has. */
  columns: { lines: string[]; more: number };
  /** QA objects whose call has not arrived. */
  qaWithoutCall: number;
  trust: TrustView;
}

export type NotFoundPage = Page<'not-found'>;

export type PageView = OverviewPage | AgentsPage | AgentPage | CallsPage | CallPage | QaPage | AboutPage | NotFoundPage;
