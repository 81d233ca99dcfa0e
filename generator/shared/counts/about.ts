import { valuesOf } from '../calls/dimensions.ts';
import type { Dimension, DimensionId } from '../filter/dimension-id.ts';
import type { Call, RuleResult, Sentiment } from '../model.ts';
import type { AboutDay, Cube, RuleCounts, ValueRow } from './cube.ts';

/** Calls of a value beyond those that are told apart; of phrases, of which a call may have several: all calls that could have one. */
export const OTHER = '';

/** A sum over days of the calls of one value. */
export interface ValueCounts {
  calls: number;
  analysed: number;
  negative: number;
  evaluated: number;
  passed: number;
  rules: { [rule: string]: RuleCounts };
}

/** The day's numbers before those of rules. */
export const ROW_HEAD = 5;

/** Count one day's calls by what they are about. @returns undefined where no call has any of these dimensions */
export function countAbout(calls: readonly Call[], dimensions: readonly Dimension[]): AboutDay | undefined {
  const places = new Map<string, number>();
  const of = Object.create(null) as { [dimension: string]: Map<string, ValueCounts> };
  const listed = dimensions.map(({ id, values }) => ({ id, values: new Set(values) }));
  for (const call of calls) {
    const own = valuesOf(call);
    for (const { id, values } of listed) {
      for (const key of keysOf({ own, phrases: call.phrases }, id, values)) {
        of[id] ??= new Map();
        const counts = of[id].get(key) ?? noValueCounts();
        of[id].set(key, counts);
        countValue(counts, call);
      }
    }
  }
  const ids = Object.keys(of);
  if (ids.length === 0) return undefined;
  const place = (rule: string): number => {
    const known = places.get(rule) ?? places.size;
    places.set(rule, known);
    return known;
  };
  const rows = ids.map((id) => {
    const values = [...(of[id] as Map<string, ValueCounts>)].sort(([a], [b]) => (a < b ? -1 : 1));
    return [id, Object.fromEntries(values.map(([value, counts]) => [value, rowOf(counts, place)]))] as const;
  });
  return { rules: [...places.keys()], of: Object.fromEntries(rows) };
}

/**
 * Under which values a call is counted.
 * @param own what it has, see `valuesOf` @param told values that are told apart
 */
export function keysOf(
  { own, phrases }: { own: ReturnType<typeof valuesOf>; phrases?: readonly string[] | undefined },
  id: DimensionId,
  told: ReadonlySet<string> | undefined,
): string[] {
  if (id === 'phrase') return phrases ? [OTHER, ...phrases.filter((name) => told?.has(name))] : [];
  if (!own.has(id)) return [];
  const value = own.get(id);
  return [value !== undefined && told?.has(value) ? value : OTHER];
}

/** What a value's counts take of a call. */
export interface JudgedCall extends Pick<Call, 'tooShort' | 'qa' | 'passed'> {
  sentiment?: Pick<Sentiment, 'label'> | undefined;
  rules: readonly Pick<RuleResult, 'rule' | 'pass'>[];
}

/** Add a call. As `cubeOf` counts: one that is too short is in no score figure. */
export function countValue(counts: ValueCounts, call: JudgedCall): void {
  counts.calls++;
  if (call.tooShort) return;
  if (call.sentiment?.label) counts.analysed++;
  if (call.sentiment?.label === 'negative') counts.negative++;
  if (call.qa !== 'evaluated') return;
  if (call.passed !== undefined) counts.evaluated++;
  if (call.passed) counts.passed++;
  for (const { rule, pass } of call.rules) {
    if (pass === undefined) continue;
    counts.rules[rule] ??= { evaluated: 0, passed: 0 };
    counts.rules[rule].evaluated++;
    if (pass) counts.rules[rule].passed++;
  }
}

const rowOf = (counts: ValueCounts, place: (rule: string) => number): ValueRow => [
  counts.calls,
  counts.analysed,
  counts.negative,
  counts.evaluated,
  counts.passed,
  ...Object.entries(counts.rules).flatMap(([rule, { evaluated, passed }]) => [
    place(rule),
    evaluated,
    evaluated - passed,
  ]),
];

export const noValueCounts = (): ValueCounts => ({
  ...{ calls: 0, analysed: 0, negative: 0, evaluated: 0, passed: 0 },
  rules: Object.create(null) as ValueCounts['rules'],
});

/** A day's counts as they are at hand; days come as text, since a page shows few of them. */
export const aboutOf = ({ about }: Pick<Cube, 'about'>): AboutDay | undefined =>
  typeof about === 'string' ? (JSON.parse(about) as AboutDay) : about;

/** Value → counts, of one dimension. */
export type ByValue = Map<string, ValueCounts>;

/** Add a day to a sum in place. */
export function addAbout(sum: ByValue, day: AboutDay | undefined, id: DimensionId): void {
  if (!day || !Object.hasOwn(day.of, id)) return;
  for (const [value, row] of Object.entries(day.of[id] ?? {})) {
    const counts = sum.get(value) ?? noValueCounts();
    sum.set(value, counts);
    const [calls = 0, analysed = 0, negative = 0, evaluated = 0, passed = 0] = row;
    counts.calls += calls;
    counts.analysed += analysed;
    counts.negative += negative;
    counts.evaluated += evaluated;
    counts.passed += passed;
    for (let i = ROW_HEAD; i < row.length; i += 3) {
      const rule = day.rules[row[i] as number] as string;
      counts.rules[rule] ??= { evaluated: 0, passed: 0 };
      const [checked, failed] = [row[i + 1] as number, row[i + 2] as number];
      counts.rules[rule].evaluated += checked;
      counts.rules[rule].passed += checked - failed;
    }
  }
}
