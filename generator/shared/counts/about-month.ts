import { aboutOf, ROW_HEAD } from './about.ts';
import type { AboutDay, DayCounts, ValueRow } from './cube.ts';

/** What the calls of a month's days are about; texts stand in it once. */
export interface AboutMonth {
  /** Identities of rules, in the order in which rows name them. */
  rules: string[];
  /** So many of these rules, the first, are checked on nearly every evaluated call: of them a row has only what is different from that. */
  usual: number;
  /** Dimension → its values of this month, in the order in which rows name them. */
  values: { [dimension: string]: string[] };
  /**
   * Day → dimension → for each value of the day: its place, the numbers of `ValueRow` before its rules, then `failed, place` of each usual rule that was checked
   * on all evaluated calls and failed on some, and `-1 - evaluated, failed, place` of each rule of which that does not hold.
   */
  days: { [day: string]: { [dimension: string]: number[][] } };
}

/** From this share of the rows with evaluated calls on a rule is a usual one. */
const USUAL = 1 / 2;

/** Rule → evaluated, failed. */
type RuleChecks = Map<string, [evaluated: number, failed: number]>;

const checksOf = (row: ValueRow, rules: readonly string[]): RuleChecks => {
  const checks: RuleChecks = new Map();
  for (let i = ROW_HEAD; i < row.length; i += 3)
    checks.set(rules[row[i] as number] as string, [row[i + 1] as number, row[i + 2] as number]);
  return checks;
};

const evaluatedIn = (row: ValueRow): number => row[ROW_HEAD - 2] ?? 0;

/** @returns undefined where no day has anything */
export function packAbout(
  days: Iterable<readonly [day: string, cube: Pick<DayCounts, 'about'>]>,
): AboutMonth | undefined {
  const known = [...days].flatMap(([day, cube]) => {
    const about = aboutOf(cube);
    return about ? [{ day, about }] : [];
  });
  if (known.length === 0) return undefined;
  const { rules, usual } = rulesOf(known.map(({ about }) => about));
  const places = new Map(rules.map((rule, place) => [rule, place]));
  const values = new Map<string, Map<string, number>>();
  const placeOf = (dimension: string, value: string): number => {
    const own = values.get(dimension) ?? new Map<string, number>();
    values.set(dimension, own);
    const place = own.get(value) ?? own.size;
    own.set(value, place);
    return place;
  };
  const packRow = (row: ValueRow, of: readonly string[]): number[] => {
    const checks = checksOf(row, of);
    const all = evaluatedIn(row);
    for (const rule of rules.slice(0, usual)) if (!checks.has(rule)) checks.set(rule, [0, 0]);
    const own = [...checks].map(([rule, [evaluated, failed]]) => ({ evaluated, failed, place: places.get(rule) ?? 0 }));
    const named = own
      .sort((a, b) => a.place - b.place)
      .flatMap(({ evaluated, failed, place }) => {
        if (place >= usual || evaluated !== all) return [-1 - evaluated, failed, place];
        return failed > 0 ? [failed, place] : [];
      });
    return [...row.slice(0, ROW_HEAD), ...named];
  };
  const packed = known.map(({ day, about }) => {
    const own = Object.entries(about.of).map(([dimension, rows]) => [
      dimension,
      Object.entries(rows).map(([value, row]) => [placeOf(dimension, value), ...packRow(row, about.rules)]),
    ]);
    return [day, Object.fromEntries(own)] as const;
  });
  return {
    rules,
    usual,
    values: Object.fromEntries([...values].map(([dimension, own]) => [dimension, [...own.keys()]])),
    days: Object.fromEntries(packed),
  };
}

/** All rules of some days, those first that are checked on nearly every evaluated call. */
function rulesOf(days: readonly AboutDay[]): Pick<AboutMonth, 'rules' | 'usual'> {
  const whole = new Map<string, number>();
  let rows = 0;
  for (const { of, rules } of days)
    for (const row of Object.values(of).flatMap((values) => Object.values(values))) {
      const all = evaluatedIn(row);
      if (all > 0) rows++;
      for (const [rule, [evaluated]] of checksOf(row, rules))
        whole.set(rule, (whole.get(rule) ?? 0) + Number(evaluated === all));
    }
  const isUsual = (rule: string) => (whole.get(rule) ?? 0) >= rows * USUAL;
  const all = [...whole.keys()].sort();
  const usual = all.filter(isUsual);
  return { rules: [...usual, ...all.filter((rule) => !isUsual(rule))], usual: usual.length };
}

/** What one of the days was before `packAbout`. */
export function unpackAbout({ rules, usual, values, days }: AboutMonth, day: string): AboutDay | undefined {
  if (!Object.hasOwn(days, day)) return undefined;
  const of = Object.entries(days[day] ?? {}).map(([dimension, list]) => [
    dimension,
    Object.fromEntries(list.map(([place = 0, ...row]) => [values[dimension]?.[place] ?? '', unpackRow(row, usual)])),
  ]);
  return { rules, of: Object.fromEntries(of) };
}

function unpackRow(packed: readonly number[], usual: number): ValueRow {
  const row = packed.slice(0, ROW_HEAD);
  const all = evaluatedIn(row);
  const named = new Map<number, [evaluated: number, failed: number]>();
  for (let i = ROW_HEAD; i < packed.length; ) {
    const first = packed[i++] as number;
    const failed = first < 0 ? (packed[i++] as number) : first;
    named.set(packed[i++] as number, [first < 0 ? -1 - first : all, failed]);
  }
  for (let place = 0; place < usual; place++) if (!named.has(place)) named.set(place, [all, 0]);
  for (const [place, [evaluated, failed]] of named) if (evaluated > 0) row.push(place, evaluated, failed);
  return row;
}
