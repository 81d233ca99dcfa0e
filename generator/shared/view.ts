/**
 * View models: one per page, plain JSON, everything a page shows. Shared with `site/`; imports nothing from Node.
 * Numbers stay numbers; `generator/shared/format/format.ts` puts them into words for page and e-mail alike.
 */
import type { Direction, Insight, QaState, Sentiment, SpeakerSource, Utterance } from './model.ts';

import type {
  AboutTable,
  AgentLine,
  AgentRef,
  CallLine,
  DayTotals,
  LimitedList,
  OnlyTeams,
  Phrase,
  RefusedLine,
  RemarkLine,
  RuleLine,
  SiteView,
  TeamLine,
  TeamRef,
  Totals,
  TrustView,
  WaitingView,
  Window,
} from './view-parts.ts';

export type * from './view-parts.ts';

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
  only?: OnlyTeams;
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
  /** Topics; absent where there are not several. */
  about?: AboutTable | undefined;
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
  only?: OnlyTeams;
  lead: Phrase;
  /** Worst first: by share passed, then those with too few evaluated calls by calls; the unknown agent is last. */
  agents: AgentLine[];
  /** In the same order; none where there are not two. */
  teams: TeamLine[];
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
  /** Or a team, see `AgentRef.members`. */
  agent: AgentRef;
  /** The page of the agent's team. */
  teamHref?: string;
  /** An agent of a site where there is another to be compared with. */
  isComparable?: true;
  window?: Window;
  lead: Phrase;
  totals: Totals;
  before: Totals;
  /** Of the agent's team, the agent included; of everybody where there is no team. Absent where that is nobody else. */
  team?: Totals;
  /** The weeks that end with the period, at most eight, oldest first. */
  weeks: AgentWeek[];
  rules: RuleLine[];
  /**
   * The weakest rules that were checked often enough, with what was noted and said; at most three. `quotes`: what was said is still to come from the
   * pages of the examples, or could not be fetched.
   */
  workOn: { rule: RuleLine; examples: RuleExample[]; quotes?: 'awaited' | 'missing' }[];
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
  views: SavedView[];
  trust: TrustView;
}

/** A page of the site with what it is asked for, under a name that the tenant gave it. */
export interface SavedView {
  name: string;
  href: string; // e.g., "/calls/?qa=failed"
}

/** What somebody's calls came to by rule. */
export interface MatrixRow {
  totals: Totals;
  ranked: boolean;
  /** In the order of the page's rules. */
  cells: { evaluated: number; passed: number; before: { evaluated: number; passed: number } }[];
}

export interface QaPage extends Page<'qa'> {
  window?: Window;
  only?: OnlyTeams;
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
  matrix: ({ agent: AgentRef } & MatrixRow)[];
  /** Teams by rules, weakest first; none where there are not two. */
  teams: ({ team: TeamRef } & MatrixRow)[];
  trust: TrustView;
}

export interface TopicsPage extends Page<'topics'> {
  window?: Window;
  only?: OnlyTeams;
  lead: Phrase;
  /** All calls of the window. */
  calls: number;
  /** Topics first; what the window's calls do not differ in is left out. */
  tables: AboutTable[];
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
  /** Whether its recording may be heard here; absent: nothing is said of it. */
  recording?: true;
  /** Configured phrases that were said, each with its first turn, 1 for the first of the call; absent: none. */
  phrases?: { name: string; turn: number }[];
  transcript: { state: 'present' | 'absent' | 'refused'; turns: Utterance[] };
  processed?: string;
}

export interface AboutPage extends Page<'about'> {
  /** Where the pass mark comes from. */
  passMarkFrom: 'report-config' | 'qa-config' | 'default';
  /** False where the tenant has no report-config.json. */
  configured: boolean;
  criticalRules: string[];
  /** Each in words; absent where the tenant has set none. */
  targets?: string[];
  shortestCallSeconds?: number;
  agentDomains: string[];
  masking: boolean;
  digest: boolean;
  refused: LimitedList<RefusedLine>;
  remarks: LimitedList<RemarkLine>;
  /** Names under `calls/` and `qa/` that are not calls. */
  ignored: { lines: string[]; more: number };
  /** Columns that are not read, a sentence for each sheet; configured ones that no sheet has. */
  columns: { lines: string[]; more: number };
  /** Each with its wordings; absent where none is configured. */
  phrases?: string[];
  /** Rules that are configured and that no call has. */
  unknownRules: { lines: string[]; more: number };
  /** What the pipeline has not brought to its end; absent where it says nothing. */
  waiting?: WaitingView;
  /** QA objects whose call has not arrived. */
  qaWithoutCall: number;
  trust: TrustView;
}

/** A sample of calls to judge a rule by: the browser draws it, for the rule and the days of the address. */
export interface CalibrationPage extends Page<'calibration'> {
  trust: TrustView;
}

/** Calls are found by what was said in them: the browser looks in the index, for the words of the address. */
export interface SearchPage extends Page<'search'> {
  trust: TrustView;
}

/** Agents side by side: the browser counts them, for those and the days of the address. */
export interface ComparePage extends Page<'compare'> {
  trust: TrustView;
}

export type NotFoundPage = Page<'not-found'>;

export type PageView =
  | OverviewPage
  | AgentsPage
  | AgentPage
  | CallsPage
  | CallPage
  | QaPage
  | TopicsPage
  | AboutPage
  | CalibrationPage
  | ComparePage
  | SearchPage
  | NotFoundPage;
