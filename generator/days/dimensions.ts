import { valuesOf } from '#shared/calls/dimensions.ts';
import type { Dimension, DimensionId } from '#shared/filter/dimension-id.ts';
import type { Call } from '#shared/model.ts';

/** What the calls of a day have of anything that calls might be told apart by, of any value. */
export interface DayValues {
  /** Id → calls that have it. */
  has: { [id: string]: number };
  /** Id → value → calls. */
  values: { [id: string]: { [value: string]: number } };
}

/** Values of a dimension that are told apart; the others are "other". */
const MOST_VALUES = 50;
/** From so many values on, and below such a share of calls with a value, it tells calls apart no more, unless it is the topic. */
const MOST_IN_ALL = 200;
const LEAST_SHARE = 0.95;
/** Numbers are kinds of calls while they are as few as levels of something; more of them measure something, such as seconds. */
const MOST_NUMBERS = 12;
const NUMBER = /^[-+]?\d+(?:[.,:]\d+)*$/;
/** Dimensions of an organization: those that most calls have. */
const MOST_DIMENSIONS = 12;
/** Values that a month gives to the sum over all months, its most frequent: so what is held has an end, however many topics there are. */
const MOST_OF_MONTH = 1000;

/** @returns undefined where no call has anything of the kind */
export function countValues(calls: readonly Call[]): DayValues | undefined {
  const has = new Map<string, number>();
  const values = new Map<string, Map<string, number>>();
  const count = (id: string, value: string) => {
    const own = values.get(id) ?? new Map<string, number>();
    values.set(id, own);
    add(own, value);
  };
  for (const call of calls) {
    for (const [id, value] of valuesOf(call)) {
      add(has, id);
      if (value !== undefined) count(id, value);
    }
    if (!call.phrases) continue;
    add(has, 'phrase');
    for (const name of call.phrases) count('phrase', name);
  }
  if (has.size === 0) return undefined;
  const ofValues = [...values].map(([id, own]) => [id, Object.fromEntries(own)] as const);
  return { has: Object.fromEntries(has), values: Object.fromEntries(ofValues) };
}

const add = (counts: Map<string, number>, key: string, calls = 1): void =>
  void counts.set(key, (counts.get(key) ?? 0) + calls);

interface Candidate {
  calls: number;
  /** Calls that have a value. */
  valued: number;
  values: Map<string, number>;
}

/** Adds up what days have, month by month, and says what calls are told apart by: the same days, the same answer, in whatever months they come. */
export function dimensionTally() {
  const all = new Map<string, Candidate>();
  let month = new Map<string, Map<string, number>>();
  const candidate = (id: string): Candidate => {
    const known = all.get(id) ?? { calls: 0, valued: 0, values: new Map() };
    all.set(id, known);
    return known;
  };
  return {
    add({ has, values }: DayValues): void {
      for (const [id, calls] of Object.entries(has)) candidate(id).calls += calls;
      for (const [id, own] of Object.entries(values)) {
        const sum = month.get(id) ?? new Map<string, number>();
        month.set(id, sum);
        for (const [value, calls] of Object.entries(own)) add(sum, value, calls);
      }
    },
    endMonth(): void {
      for (const [id, own] of month) {
        const known = candidate(id);
        for (const calls of own.values()) known.valued += calls;
        // What has too many values already is none, however many more there are.
        if (id !== 'topic' && known.values.size > MOST_IN_ALL) continue;
        for (const [value, calls] of most(own, MOST_OF_MONTH)) add(known.values, value, calls);
      }
      month = new Map();
    },
    dimensions(): Dimension[] {
      const found = [...all].filter(([id, each]) => isDimension(id, each));
      // Phrases are configured: they are one of them whatever else there is.
      found.sort(
        ([a, x], [b, y]) => Number(b === 'phrase') - Number(a === 'phrase') || y.calls - x.calls || (a < b ? -1 : 1),
      );
      return found
        .slice(0, MOST_DIMENSIONS)
        .map(([id, { values }]) => ({
          id: id as DimensionId,
          values: most(values, MOST_VALUES).map(([value]) => value),
        }))
        .sort((a, b) => rank(a.id) - rank(b.id) || (a.id < b.id ? -1 : 1));
    },
  };
}

/** The topic first, then phrases, fields, insights. */
const rank = (id: string): number => (id === 'topic' ? 0 : id === 'phrase' ? 1 : id.startsWith('field.') ? 2 : 3);

function isDimension(id: string, { calls, valued, values }: Candidate): boolean {
  if (id === 'topic' || id === 'phrase') return values.size > 0;
  if (values.size < 2 || values.size > MOST_IN_ALL || valued < calls * LEAST_SHARE) return false;
  return values.size <= MOST_NUMBERS || ![...values.keys()].every((value) => NUMBER.test(value));
}

const most = (values: ReadonlyMap<string, number>, limit: number): [value: string, calls: number][] =>
  values.size === 0 ? [] : [...values].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : a > b ? 1 : 0)).slice(0, limit);

/**
 * Says whether a day's counts of dimensions are other ones after the list of dimensions has changed: whether it has calls of one that has come or gone,
 * or of a value that is told apart now and was not, or the other way round.
 * @returns undefined where no day's are: the order in which values are listed is part of what is shown, and no part of any day
 */
export function affectedBy(
  before: readonly Dimension[],
  now: readonly Dimension[],
): ((day: DayValues) => boolean) | undefined {
  const changed = new Map<string, ReadonlySet<string> | 'all'>();
  const find = (list: readonly Dimension[], id: string) => list.find((each) => each.id === id)?.values;
  for (const id of new Set([...before, ...now].map((each) => each.id))) {
    const [a, b] = [find(before, id), find(now, id)];
    const which = a && b ? new Set([...a, ...b].filter((value) => a.includes(value) !== b.includes(value))) : 'all';
    if (which === 'all' || which.size > 0) changed.set(id, which);
  }
  if (changed.size === 0) return undefined;
  return ({ has, values }) =>
    [...changed].some(([id, which]) =>
      which === 'all'
        ? Object.hasOwn(has, id)
        : Object.hasOwn(values, id) && Object.keys(values[id] ?? {}).some((value) => which.has(value)),
    );
}
