import { localHour } from '../calendar/local-time.ts';
import { isAddress } from '../calls/parties.ts';
import { partyOf } from '../calls/party.ts';
import type { Call, RuleResult } from '../model.ts';

/**
 * Counts and sums over a set of calls: they add up over agents and days, so a figure over any range is a fold.
 * Sums are whole numbers of millionths, so that their order does not matter.
 */
export interface Counts {
  calls: number;
  durationCalls: number;
  durationMicros: number;
  positive: number;
  neutral: number;
  negative: number;
  mixed: number;
  sentimentAnalysed: number;
  sentimentMicros: number;
  /** Calls that passed or failed. */
  qaEvaluated: number;
  qaPassed: number;
  /** Calls with a score; a record may say that a call passed and give none. */
  qaScored: number;
  scoreMicros: number;
  criticalFailed: number;
  grades: { [grade: string]: number };
  /** Scores by tens: those from 80 on and below 90 under "80", 100 under "90". */
  scores: { [tens: string]: number };
  /** Those of calls that failed. */
  failedScores: { [tens: string]: number };
  /** Calls by the hour of their start, 0 to 23, in the tenant's time zone; calls without a start are in none. */
  hours: { [hour: string]: number };
  inbound: number;
  outbound: number;
  internal: number;
  unknown: number;
  notEvaluated: number;
  notEvaluatedYet: number;
  /** Evaluated by rules, but neither scored nor passed nor failed: in no score figure. */
  unscored: number;
  tooShort: number;
}

export interface RuleCounts {
  evaluated: number;
  passed: number;
}

/** Counts and rules of one agent on one day. */
export interface Cell {
  counts: Counts;
  rules: { [rule: string]: RuleCounts };
}

/** How a rule was last spelt, and by which call. */
export interface RuleName {
  name: string;
  category?: string;
  weight?: number;
  /** Start and id of the call that spelt it so; the greatest wins. */
  at: [started: string, callId: string];
}

/** How an agent's name was last spelt, and by which call. */
export interface AgentName {
  name: string;
  at: RuleName['at'];
}

/** Outside party, see `partyId` → its calls; calls whose party is not known are in none. */
export type Parties = { [party: string]: number };

/** Every duration, ascending, and how many calls have it: for percentiles over the whole organization. */
export type Durations = [seconds: number, calls: number][];

/**
 * What a day's calls of one value come to: calls, those with a label of sentiment, negative ones, evaluated ones, passed ones, then of each rule
 * that was checked three numbers: its place among the day's rules, evaluated, failed. Flat, since there are as many as days and values.
 */
export type ValueRow = number[];

/** What the calls of one day are about. */
export interface AboutDay {
  /** Identities, in the order in which rows name them. */
  rules: string[];
  /** Dimension → value, "" as `OTHER` of `about.ts` says → row. */
  of: { [dimension: string]: { [value: string]: ValueRow } };
}

/** What all pages need of one day's calls. */
export interface Cube {
  /** Agent id, "" for the unknown one → cell. */
  agents: { [agent: string]: Cell };
  rules: { [rule: string]: RuleName };
  /** Agents that go by a name, not by an address. */
  names: { [agent: string]: AgentName };
  /** Of all agents together; as JSON where days are many, of which a page shows few. Absent where nothing tells calls apart. */
  about?: AboutDay | string;
  /** Newest `processing_timestamp`, ISO 8601 in UTC. */
  processed?: string;
  /** Newest start, see `startOf`. */
  started?: string;
}

/** What figures of a day are counted from. */
export type DayCounts = Pick<Cube, 'agents' | 'about'>;

const MILLION = 1_000_000;
const micros = (value: number): number => Math.round(value * MILLION);
export const fromMicros = (value: number): number => value / MILLION;

export const emptyCounts = (): Counts => ({
  calls: 0,
  durationCalls: 0,
  durationMicros: 0,
  positive: 0,
  neutral: 0,
  negative: 0,
  mixed: 0,
  sentimentAnalysed: 0,
  sentimentMicros: 0,
  qaEvaluated: 0,
  qaPassed: 0,
  qaScored: 0,
  scoreMicros: 0,
  criticalFailed: 0,
  grades: {},
  scores: {},
  failedScores: {},
  hours: {},
  inbound: 0,
  outbound: 0,
  internal: 0,
  unknown: 0,
  notEvaluated: 0,
  notEvaluatedYet: 0,
  unscored: 0,
  tooShort: 0,
});

/** Objects keyed by what a tenant wrote have no prototype: a rule may be called "constructor". */
const keyed = <T>(): { [key: string]: T } => Object.create(null) as { [key: string]: T };

/**
 * Count one day's calls.
 * @param critical identities of the critical rules
 */
export function cubeOf(calls: readonly Call[], critical: ReadonlySet<string>, timeZone: string): Cube {
  const cube: Cube = { agents: keyed(), rules: keyed(), names: keyed() };
  for (const call of calls) {
    const agent = call.agent ?? '';
    cube.agents[agent] ??= { counts: emptyCounts(), rules: keyed() };
    countCall(cube.agents[agent], call, critical);
    if (call.started !== undefined) add(cube.agents[agent].counts.hours, localHour(call.started, timeZone));
    for (const rule of call.rules) nameRule(cube.rules, rule, call);
    if (call.agent !== null) nameAgent(cube.names, call.agent, call);
    cube.processed = newest(cube.processed, call.processed);
    cube.started = newest(cube.started, startOf(call));
  }
  return cube;
}

/** Calls by duration. */
export function countDurations(calls: readonly Pick<Call, 'durationSeconds'>[]): Durations {
  const durations = new Map<number, number>();
  for (const { durationSeconds } of calls)
    if (durationSeconds !== undefined) durations.set(durationSeconds, (durations.get(durationSeconds) ?? 0) + 1);
  return [...durations].sort(([a], [b]) => a - b);
}

/** Calls by outside party. */
export function countParties(calls: readonly Parameters<typeof partyOf>[0][]): Parties {
  const parties = keyed<number>();
  for (const call of calls) {
    const party = partyOf(call);
    if (party !== undefined) add(parties, party);
  }
  return parties;
}

function countCall({ counts, rules }: Cell, call: Call, critical: ReadonlySet<string>): void {
  counts.calls++;
  counts[call.direction]++;
  if (call.durationSeconds !== undefined) {
    counts.durationCalls++;
    counts.durationMicros += micros(call.durationSeconds);
  }
  if (call.tooShort) {
    counts.tooShort++;
    return;
  }
  if (call.sentiment) {
    if (call.sentiment.label) counts[call.sentiment.label]++;
    if (call.sentiment.score !== undefined) {
      counts.sentimentAnalysed++;
      counts.sentimentMicros += micros(call.sentiment.score);
    }
  }
  if (call.qa === 'not evaluated') counts.notEvaluated++;
  if (call.qa === 'not evaluated yet') counts.notEvaluatedYet++;
  if (call.qa !== 'evaluated') return;
  if (call.passed === undefined) counts.unscored++;
  else {
    counts.qaEvaluated++;
    if (call.passed) counts.qaPassed++;
    if (call.grade) add(counts.grades, call.grade);
  }
  if (call.score !== undefined) {
    counts.qaScored++;
    counts.scoreMicros += micros(call.score);
    add(counts.scores, tensOf(call.score));
    if (call.passed === false) add(counts.failedScores, tensOf(call.score));
  }
  if (call.rules.some(({ rule, pass }) => pass === false && critical.has(rule))) counts.criticalFailed++;
  for (const { rule, pass } of call.rules) {
    if (pass === undefined) continue;
    rules[rule] ??= { evaluated: 0, passed: 0 };
    rules[rule].evaluated++;
    if (pass) rules[rule].passed++;
  }
}

function add(counts: { [key: string]: number }, key: string | number): void {
  counts[key] = (counts[key] ?? 0) + 1;
}

/** The tens that a score 0..100 lies in; 100 is with the nineties. */
const tensOf = (score: number): number => Math.min(90, Math.floor(score / 10) * 10);

function nameRule(names: { [rule: string]: RuleName }, { rule, name, category, weight }: RuleResult, call: Call): void {
  const at: RuleName['at'] = [startOf(call) ?? '', call.id];
  const known = names[rule];
  if (!known || isLater(at, known.at)) names[rule] = { name, category, weight, at };
}

/** An agent that is spelt as its identity is named by it again, so that the last spelling counts, whichever it is. */
function nameAgent(names: Cube['names'], agent: string, call: Call): void {
  if (isAddress(agent)) return;
  const at: RuleName['at'] = [startOf(call) ?? '', call.id];
  const known = names[agent];
  if (!known || isLater(at, known.at)) names[agent] = { name: call.agentName ?? agent, at };
}

/** When a call began, as starts are put in order: an instant, or a day before the instants of it. */
const startOf = ({ started, day }: Pick<Call, 'started' | 'day'>): string | undefined => started ?? day ?? undefined;

/** By start, then by call id. */
export const isLater = (a: RuleName['at'], b: RuleName['at']): boolean => a[0] > b[0] || (a[0] === b[0] && a[1] > b[1]);

export const newest = (a: string | undefined, b: string | undefined): string | undefined =>
  a === undefined || (b !== undefined && b > a) ? b : a;
