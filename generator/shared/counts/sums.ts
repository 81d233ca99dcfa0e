import type { Range } from '../calendar/range.ts';
import type { DimensionId } from '../filter/dimension-id.ts';
import { once } from '../once.ts';
import { aboutOf, addAbout, type ByValue } from './about.ts';
import type { Cell, DayCounts } from './cube.ts';
import { addCell, emptyCell, UNDATED } from './fold.ts';

/** All days, and the calls without one: as text their day comes after every date. */
export const EVER: Range = { from: '', to: UNDATED };

/**
 * What agents did in days and spans. Each sum is made once, when it is first asked for, however many pages show it: a span's agents from the days' cells, all
 * agents together from the sums of its days. Cells are shared, so nobody may change one.
 */
export interface Sums {
  /** The days that there are cells of, in order; `UNDATED` is none of them. */
  days: readonly string[];
  /** All agents on one day, or of `UNDATED`; nothing on a day without calls. */
  day(day: string): Cell;
  /** All agents in a span; nothing where there is no span. */
  all(span: Range | undefined): Cell;
  /** Agent → cell, "" for the unknown one; agents without a call in the span are missing. */
  agents(span: Range | undefined): ReadonlyMap<string, Cell>;
  /** Value of a dimension → its calls of all agents, `OTHER` for those that are not told apart; values without a call in the span are missing. */
  about(span: Range | undefined, id: DimensionId): Readonly<ByValue>;
}

/** @param days by date, oldest first @param undated calls without a start */
export function sumsOf(days: ReadonlyMap<string, DayCounts>, undated?: DayCounts): Sums {
  const cubes = new Map(undated ? [...days, [UNDATED, undated]] : days);
  const within = (from: string, to: string) => [...cubes.keys()].filter((day) => day >= from && day <= to);
  const day = once((each: string) => ofDay(cubes.get(each)));
  const all = once((from: string, to: string) => sumOf(within(from, to).map(day)));
  const agents = once((from: string, to: string) => {
    const sums = new Map<string, Cell>();
    for (const each of within(from, to))
      for (const [agent, cell] of Object.entries(cubes.get(each)?.agents ?? {})) {
        const sum = sums.get(agent) ?? emptyCell();
        sums.set(agent, addCell(sum, cell));
      }
    return sums;
  });
  const about = once((from: string, to: string, id: string) => {
    const sums: ByValue = new Map();
    for (const each of within(from, to)) addAbout(sums, read(each), id as DimensionId);
    return sums;
  });
  const read = once((each: string) => aboutOf(cubes.get(each) ?? {}));
  return {
    days: [...days.keys()],
    day,
    all: (span) => (span ? all(span.from, span.to) : emptyCell()),
    agents: (span) => (span ? agents(span.from, span.to) : new Map()),
    about: (span, id) => (span ? about(span.from, span.to, id) : new Map()),
  };
}

/**
 * The sums of some agents' calls alone.
 * @param about what these calls are about: days count that of all agents together, so without it nothing is known
 */
export function sumsAmong(
  sums: Sums,
  isWanted: (agent: string) => boolean,
  about: Sums['about'] = () => new Map(),
): Sums {
  const agents = once(
    (from: string, to: string) => new Map([...sums.agents({ from, to })].filter(([agent]) => isWanted(agent))),
  );
  const all = once((from: string, to: string) => sumOf(agents(from, to).values()));
  return {
    days: sums.days,
    day: (day) => all(day, day),
    all: (span) => (span ? all(span.from, span.to) : emptyCell()),
    agents: (span) => (span ? agents(span.from, span.to) : new Map()),
    about,
  };
}

/** Sums of days stay with what they are of: two reports share those of the days in which nothing has changed between them. */
const daySums = new WeakMap<object, Cell>();

function ofDay(cube: DayCounts | undefined): Cell {
  if (!cube) return emptyCell();
  const known = daySums.get(cube.agents) ?? sumOf(Object.values(cube.agents));
  daySums.set(cube.agents, known);
  return known;
}

/** One cell over some. */
export function sumOf(cells: Iterable<Cell>): Cell {
  const sum = emptyCell();
  for (const cell of cells) addCell(sum, cell);
  return sum;
}
