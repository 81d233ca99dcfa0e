import {
  type AgentName,
  type Cell,
  type Counts,
  type Cube,
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
  /** Seconds, ascending, with their number of calls. */
  durations: [seconds: number, calls: number][];
  processed?: string;
  started?: string;
}

/** Add `other` to `counts` in place. */
function addCounts(counts: Counts, other: Counts): Counts {
  for (const name of Object.keys(other) as (keyof Counts)[]) {
    if (name === 'grades' || name === 'scores' || name === 'failedScores' || name === 'hours') {
      for (const [key, calls] of Object.entries(other[name])) counts[name][key] = (counts[name][key] ?? 0) + calls;
    } else counts[name] += other[name];
  }
  return counts;
}

/** One cell over some cubes: of one agent, of several, or of all. */
export function foldCells(
  cubes: Iterable<Pick<Cube, 'agents'> | undefined>,
  isWanted: (agent: string) => boolean = () => true,
): Cell {
  const cell: Cell = { counts: emptyCounts(), rules: Object.create(null) as Cell['rules'] };
  for (const cube of cubes) {
    for (const [agent, each] of Object.entries(cube?.agents ?? {})) {
      if (!isWanted(agent)) continue;
      addCounts(cell.counts, each.counts);
      for (const [rule, counts] of Object.entries(each.rules)) addRule(cell.rules, rule, counts);
    }
  }
  return cell;
}

/** One cell an agent over some cubes. */
export function foldAgents(cubes: Iterable<Pick<Cube, 'agents'> | undefined>): Map<string, Cell> {
  const agents = new Map<string, Cell>();
  for (const cube of cubes) {
    for (const [agent, each] of Object.entries(cube?.agents ?? {})) {
      const cell = agents.get(agent) ?? { counts: emptyCounts(), rules: Object.create(null) as Cell['rules'] };
      agents.set(agent, cell);
      addCounts(cell.counts, each.counts);
      for (const [rule, counts] of Object.entries(each.rules)) addRule(cell.rules, rule, counts);
    }
  }
  return agents;
}

/** Names, durations and newest times over all cubes. */
export function foldWhole(cubes: Iterable<Cube>): Folded {
  const rules = Object.create(null) as Folded['rules'];
  const durations = new Map<number, number>();
  const names = Object.create(null) as Folded['names'];
  const folded: Folded = { rules, names, durations: [] };
  for (const cube of cubes) {
    for (const [rule, name] of Object.entries(cube.rules)) {
      const known = rules[rule];
      if (!known || isLater(name.at, known.at)) rules[rule] = name;
    }
    for (const [agent, name] of Object.entries(cube.names)) {
      const known = names[agent];
      if (!known || isLater(name.at, known.at)) names[agent] = name;
    }
    for (const [seconds, calls] of cube.durations) durations.set(seconds, (durations.get(seconds) ?? 0) + calls);
    folded.processed = newest(folded.processed, cube.processed);
    folded.started = newest(folded.started, cube.started);
  }
  folded.durations = [...durations].sort(([a], [b]) => a - b);
  return folded;
}

function addRule(rules: Cell['rules'], rule: string, { evaluated, passed }: RuleCounts): void {
  rules[rule] ??= { evaluated: 0, passed: 0 };
  rules[rule].evaluated += evaluated;
  rules[rule].passed += passed;
}
