import type { Json } from '#shared/model.ts';

/** How a call went for the caller. */
export type Outcome = 'good' | 'fair' | 'bad';
export type Mood = 'calm' | 'upset';

/**
 * Lines said, each `A: ...` (agent) or `C: ...` (the other party); `N: ...` is the coach's note on them. `{name}` is a slot,
 * `«...»` the words quoted as a rule's evidence, and a trailing `~30` a silence of about 30 seconds after the line.
 */
export type Lines = readonly string[];

/** A part of a conversation: lines, a block by name, or a choice. */
export type Step =
  | string
  | Lines
  | { any: readonly Lines[] }
  | { maybe: readonly Lines[]; chance: number; unlessBad?: boolean }
  /** `ifBad` replaces the variants that would not fit a call that went badly. */
  | {
      rule: string;
      pass: readonly Lines[];
      fail: readonly Lines[];
      ifBad?: { pass: readonly Lines[]; fail: readonly Lines[] };
    }
  | { outcome: Record<Outcome, readonly Lines[]> }
  | { mood: Record<Mood, readonly Lines[]> }
  /** Said by somebody who has called about it before. */
  | { again: readonly Lines[] };

export interface RuleSpec {
  key: string; // e.g., "identity"
  name: string; // e.g., "Identity verified"
  category: string;
  weight: number;
  description: string;
  /** What the coach says where it failed. */
  notes: readonly string[];
  /** Pass probability of an agent without a trait of their own. */
  base: number;
}

export interface Scenario {
  topic: string;
  direction: 'inbound' | 'outbound' | 'internal';
  /** Share among the scenarios. */
  weight: number;
  /** Share of callers who are upset from the start. */
  upset: number;
  /** How often it ends so, for an average agent: good, fair, bad. */
  outcomes: readonly [number, number, number];
  steps: readonly Step[];
  summary: Record<Outcome, string>;
  phrases: readonly string[];
  next: Record<Outcome, readonly string[]>;
  slots?: Slots;
  /** Metadata fields that depend on what the call is about. */
  about: Record<string, string>;
  /** Words of the agent's own way of advising, added to the recommendations now and then. */
  tip?: string;
}

/** Slot name → what may fill it. */
export type Slots = Record<string, readonly string[]>;

export interface Agent {
  id: string; // e.g., "amara.okoye@agents.harbour-energy.example"
  name: string;
  team: string;
  /** Share of the calls. */
  share: number;
  /** Added to every rule's log-odds. */
  skill: number;
  /** Pass probability of single rules, by key, where it is not the rule's own. */
  rules?: Record<string, number>;
  /** -1..1: how well calls end. */
  warmth: number;
  /** Words a second. */
  pace: number;
  /** Local hours on shift, first and after the last. */
  shift: readonly [number, number];
  /** Took the first call this many days before the last day. */
  startedDaysAgo?: number;
}

export interface DemoTenant {
  org: string;
  name: string;
  timeZone: string;
  language: string;
  rules: readonly RuleSpec[];
  agents: readonly Agent[];
  scenarios: readonly Scenario[];
  blocks: Record<string, readonly Step[]>;
  slots: Slots;
  /** Transcripts come in lower case without punctuation. */
  unpunctuated: boolean;
  /** The pipeline knows this tenant's agent domain, so that it can tell the direction. */
  knownDirection: boolean;
  /** Calls of a working day, and of a day at the weekend: least and most. */
  volume: { weekday: readonly [number, number]; weekend: readonly [number, number] };
  /** Hour → share of the calls that begin in it. */
  hours: Record<number, number>;
  /** A rule that got worse in the last seven days: pass probability is multiplied, more so in one team. */
  slump?: { rule: string; team: string; inTeam: number; elsewhere: number };
  /** An outside number by its index; the same index is always the same person. */
  phone(index: number): string;
  phones: number;
  firstNames: readonly string[];
  surnames: readonly string[];
  /** The provider's metadata beyond the usual fields. */
  metadata(scenario: Scenario, agent: Agent, seconds: number, chance: (p: number) => boolean): Record<string, Json>;
  /** The tenant's own insights besides summary, topic and key phrases. */
  insights(scenario: Scenario, facts: Facts): Record<string, Json>;
  files: { name: string; body: string }[];
}

/** What is settled about one call before anybody speaks. */
export interface Facts {
  outcome: Outcome;
  mood: Mood;
  /** Which call of the week on the same matter this is; 1 for nearly all. */
  nth: number;
  next: readonly string[];
  day: string;
  chance(probability: number): boolean;
}
