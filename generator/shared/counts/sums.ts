import type { Range } from '../calendar/range.ts';
import { once } from '../once.ts';
import type { Cell, Cube } from './cube.ts';
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
}

/** @param days by date, oldest first @param undated calls without a start */
export function sumsOf(days: ReadonlyMap<string, Pick<Cube, 'agents'>>, undated?: Pick<Cube, 'agents'>): Sums {
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
  return {
    days: [...days.keys()],
    day,
    all: (span) => (span ? all(span.from, span.to) : emptyCell()),
    agents: (span) => (span ? agents(span.from, span.to) : new Map()),
  };
}

/** Sums of days stay with what they are of: two reports share those of the days in which nothing has changed between them. */
const daySums = new WeakMap<object, Cell>();

function ofDay(cube: Pick<Cube, 'agents'> | undefined): Cell {
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
