import {
  type AgentName,
  type Cell,
  type Counts,
  type Cube,
  type Durations,
  emptyCounts,
  isLater,
  newest,
  type RuleCounts,
  type RuleName,
} from './cube.ts';

/** Days by date; calls without a start lie under `undated`. */
export const UNDATED = 'undated';

/** Everything that the report needs of all days together. */
export interface Folded {
  rules: { [rule: string]: RuleName };
  /** Agents that go by a name, as last spelt. */
  names: { [agent: string]: AgentName };
  processed?: string;
  started?: string;
}

export const TALLIES = ['grades', 'scores', 'failedScores', 'hours'] as const;
type Tally = (typeof TALLIES)[number];
/** What of counts is one number. */
export const NUMBERS = (Object.keys(emptyCounts()) as (keyof Counts)[]).filter(
  (name): name is Exclude<keyof Counts, Tally> => !(TALLIES as readonly string[]).includes(name),
);

export const emptyCell = (): Cell => ({ counts: emptyCounts(), rules: Object.create(null) as Cell['rules'] });

/** Add a cell to a sum in place; what a cell of an older version lacks counts 0. */
export function addCell(sum: Cell, { counts, rules }: Cell): Cell {
  // Most of a cell is 0: to look is cheaper than to add. What is no number stays one that nobody can take for a figure.
  for (const name of NUMBERS) if (counts[name] !== 0) sum.counts[name] += counts[name] ?? 0;
  for (const name of TALLIES) {
    const tally = sum.counts[name];
    for (const key in counts[name]) tally[key] = (tally[key] ?? 0) + (counts[name][key] as number);
  }
  for (const rule in rules) {
    const { evaluated, passed } = rules[rule] as RuleCounts;
    const own = sum.rules[rule];
    if (own) {
      own.evaluated += evaluated;
      own.passed += passed;
    } else sum.rules[rule] = { evaluated, passed };
  }
  return sum;
}

/** Names and newest times over all cubes. */
export function foldWhole(cubes: Iterable<Cube>): Folded {
  const rules = Object.create(null) as Folded['rules'];
  const names = Object.create(null) as Folded['names'];
  const folded: Folded = { rules, names };
  for (const cube of cubes) {
    for (const [rule, name] of Object.entries(cube.rules)) {
      const known = rules[rule];
      if (!known || isLater(name.at, known.at)) rules[rule] = name;
    }
    for (const [agent, name] of Object.entries(cube.names)) {
      const known = names[agent];
      if (!known || isLater(name.at, known.at)) names[agent] = name;
    }
    folded.processed = newest(folded.processed, cube.processed);
    folded.started = newest(folded.started, cube.started);
  }
  return folded;
}

/** Sums durations up over days. */
export function foldDurations() {
  const sum = new Map<number, number>();
  return {
    add(durations: Durations): void {
      for (const [seconds, calls] of durations) sum.set(seconds, (sum.get(seconds) ?? 0) + calls);
    },
    all: (): Durations => [...sum].sort(([a], [b]) => a - b),
  };
}
