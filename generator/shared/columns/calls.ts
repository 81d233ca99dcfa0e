import type { Direction, QaState, SentimentLabel } from '../model.ts';
import {
  type IdColumn,
  type NumberColumn,
  packIds,
  packNumbers,
  packTexts,
  type TextColumn,
  unpackIds,
  unpackNumbers,
  unpackTexts,
} from './columns.ts';
import { type PhraseColumns, packPhrases, phrasesAt } from './phrases.ts';
import { type Outcomes, packRules, type RuleColumn, unpackRules } from './rules.ts';

/** One call as lists, filters and the CSV need it. */
export interface CallRow {
  id: string;
  path: string; // e.g., "/calls/c01/"
  /** Local day of the start. */
  day: string | null;
  /** ISO 8601 in UTC. */
  started?: string;
  ended?: string;
  durationSeconds?: number;
  direction: Direction;
  directionDerived?: true;
  from?: string;
  to?: string;
  agent: string | null;
  sentimentLabel?: SentimentLabel;
  /** positive - negative. */
  sentiment?: number;
  /** The record gives the score itself. */
  sentimentGiven?: true;
  qa: QaState;
  score?: number;
  grade?: string;
  passed?: boolean;
  /** The record says itself whether the call passed. */
  passedGiven?: true;
  tooShort?: true;
  /** Rules that were evaluated → passed. */
  rules: Outcomes;
  metadata?: { label: string; value: string }[];
  topic?: string;
  /** Configured phrases that its transcript says, sorted; absent where it has none, or no phrase is configured. */
  phrases?: string[];
  /** Insight that calls are told apart by → what this call has of it. */
  insights?: { [id: string]: string };
}

/** The calls of one month, or those without a start: `data/calls/<month>.json`, `data/calls/undated.json`. */
export interface CallColumns {
  count: number;
  /** What the file of words beside it must name too. */
  stamp: string;
  ids: IdColumn;
  /** Paths that do not follow from the id, by place. */
  paths: [place: number, path: string][];
  /** Days in order, each with its calls in a row. */
  days: [day: string | null, calls: number][];
  /** Milliseconds since the epoch. */
  started: NumberColumn;
  /** Absent: each call's end is its start and duration. */
  ended?: NumberColumn;
  duration: NumberColumn;
  direction: TextColumn;
  derived: string;
  from: TextColumn;
  to: TextColumn;
  agent: TextColumn;
  label: TextColumn;
  sentiment: NumberColumn;
  sentimentGiven: string;
  qa: TextColumn;
  score: NumberColumn;
  grade: TextColumn;
  passed: string;
  passedGiven: string;
  short: string;
  rules: RuleColumn[];
  metadata: { label: string; values: TextColumn }[];
  topic: TextColumn;
  /** Absent where no phrase is configured. */
  phrases?: PhraseColumns;
  insights: { id: string; values: TextColumn }[];
}

/** @param rows in the order in which they are written: all calls of a day in a row */
export function encodeCalls(rows: readonly CallRow[], stamp: string): CallColumns {
  const started = rows.map((row) => instant(row.started));
  const labels = [...new Set(rows.flatMap(({ metadata = [] }) => metadata.map(({ label }) => label)))].sort();
  const ids = [...new Set(rows.flatMap(({ insights = {} }) => Object.keys(insights)))].sort();
  return {
    count: rows.length,
    stamp,
    ids: packIds(rows.map(({ id }) => id)),
    paths: rows.flatMap(({ id, path }, place) => (path === usualPath(id) ? [] : [[place, path] as [number, string]])),
    days: runsOf(rows.map(({ day }) => day)),
    started: packNumbers(started, true),
    ended: rows.every((row) => row.ended === usualEnd(row))
      ? undefined
      : packNumbers(
          rows.map((row) => instant(row.ended)),
          true,
        ),
    duration: packNumbers(rows.map((row) => row.durationSeconds)),
    direction: packTexts(rows.map((row) => row.direction)),
    derived: flags(rows.map((row) => row.directionDerived)),
    from: packTexts(rows.map((row) => row.from)),
    to: packTexts(rows.map((row) => row.to)),
    agent: packTexts(rows.map((row) => row.agent ?? undefined)),
    label: packTexts(rows.map((row) => row.sentimentLabel)),
    sentiment: packNumbers(rows.map((row) => row.sentiment)),
    sentimentGiven: flags(rows.map((row) => row.sentimentGiven)),
    qa: packTexts(rows.map((row) => row.qa)),
    score: packNumbers(rows.map((row) => row.score)),
    grade: packTexts(rows.map((row) => row.grade)),
    passed: flags(rows.map((row) => row.passed)),
    passedGiven: flags(rows.map((row) => row.passedGiven)),
    short: flags(rows.map((row) => row.tooShort)),
    rules: packRules(rows.map((row) => row.rules)),
    metadata: labels.map((label) => ({
      label,
      values: packTexts(rows.map(({ metadata }) => metadata?.find((each) => each.label === label)?.value)),
    })),
    topic: packTexts(rows.map((row) => row.topic)),
    phrases: packPhrases(rows.map(({ phrases }) => phrases)),
    insights: ids.map((id) => ({
      id,
      values: packTexts(
        rows.map(({ insights }) => (insights && Object.hasOwn(insights, id) ? insights[id] : undefined)),
      ),
    })),
  };
}

/** The rows in the order in which they were written. */
export function decodeCalls(columns: CallColumns): CallRow[] {
  const { count } = columns;
  const ids = unpackIds(columns.ids);
  const paths = new Map(columns.paths);
  const days = columns.days.flatMap(([day, calls]) => Array.from({ length: calls }, () => day));
  const started = unpackNumbers(columns.started);
  const ended = columns.ended && unpackNumbers(columns.ended);
  const duration = unpackNumbers(columns.duration);
  const [direction, from, to, agent] = [columns.direction, columns.from, columns.to, columns.agent].map(unpackTexts);
  const topic = unpackTexts(columns.topic);
  const insights = columns.insights.map((column) => ({ id: column.id, values: unpackTexts(column.values) }));
  const [label, qa, grade] = [columns.label, columns.qa, columns.grade].map(unpackTexts);
  const [sentiment, score] = [columns.sentiment, columns.score].map(unpackNumbers);
  const rules = unpackRules(columns.rules, count);
  const metadata = columns.metadata.map((column) => ({ label: column.label, values: unpackTexts(column.values) }));
  return ids.map((id, i): CallRow => {
    const row: CallRow = {
      id,
      path: paths.get(i) ?? usualPath(id),
      day: days[i] ?? null,
      started: moment(started[i]),
      durationSeconds: duration[i],
      direction: direction?.[i] as Direction,
      directionDerived: isTrue(columns.derived, i),
      from: from?.[i],
      to: to?.[i],
      agent: agent?.[i] ?? null,
      sentimentLabel: label?.[i] as SentimentLabel | undefined,
      sentiment: sentiment?.[i],
      sentimentGiven: isTrue(columns.sentimentGiven, i),
      qa: qa?.[i] as QaState,
      score: score?.[i],
      grade: grade?.[i],
      passed: columns.passed[i] === '1' ? true : columns.passed[i] === '0' ? false : undefined,
      passedGiven: isTrue(columns.passedGiven, i),
      tooShort: isTrue(columns.short, i),
      rules: rules[i] ?? {},
    };
    row.ended = ended ? moment(ended[i]) : usualEnd(row);
    const values = metadata.flatMap(({ label: name, values: list }) => {
      const value = list[i];
      return value === undefined ? [] : [{ label: name, value }];
    });
    if (values.length > 0) row.metadata = values;
    if (topic[i] !== undefined) row.topic = topic[i];
    const phrases = columns.phrases && phrasesAt(columns.phrases, i);
    if (phrases) row.phrases = phrases;
    const own = insights.flatMap(({ id: name, values: list }) =>
      list[i] === undefined ? [] : [[name, list[i]] as const],
    );
    if (own.length > 0) row.insights = Object.fromEntries(own);
    return row;
  });
}

/** The page of a call whose id is not masked, and has nothing in it that cannot stand in a path. */
export const usualPath = (id: string): string => `/calls/${id}/`;

/** The end that follows from start and duration. */
function usualEnd({ started, durationSeconds }: CallRow): string | undefined {
  if (started === undefined || durationSeconds === undefined) return undefined;
  const end = new Date(Date.parse(started) + Math.round(durationSeconds * 1000));
  return Number.isNaN(end.getTime()) ? undefined : end.toISOString();
}

const instant = (iso: string | undefined): number | undefined => (iso === undefined ? undefined : Date.parse(iso));
const moment = (ms: number | undefined): string | undefined =>
  ms === undefined ? undefined : new Date(ms).toISOString();

const flags = (list: readonly (boolean | undefined)[]): string =>
  list.some((flag) => flag !== undefined)
    ? list.map((flag) => (flag === undefined ? '-' : flag ? '1' : '0')).join('')
    : '';
const isTrue = (column: string, place: number): true | undefined => (column[place] === '1' ? true : undefined);

function runsOf(days: readonly (string | null)[]): [day: string | null, calls: number][] {
  const runs: [string | null, number][] = [];
  for (const day of days) {
    const last = runs.at(-1);
    if (last && last[0] === day) last[1]++;
    else runs.push([day, 1]);
  }
  return runs;
}
