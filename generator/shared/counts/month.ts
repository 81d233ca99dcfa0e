import { type AboutMonth, packAbout, unpackAbout } from './about-month.ts';
import { type Cell, type Counts, type DayCounts, emptyCounts } from './cube.ts';

/** The cells of a month's days, without what is 0: `data/days/<month>.json`, from which a browser counts any range. */
export interface MonthData {
  days: { [day: string]: { [agent: string]: PackedCell } };
  /** Absent where nothing tells calls apart. */
  about?: AboutMonth;
}

interface PackedCell {
  counts: Partial<Counts>;
  /** Rule → evaluated, passed. */
  rules: { [rule: string]: [evaluated: number, passed: number] };
}

/** @param days the cubes of one month's days */
export function packMonth(days: readonly (readonly [day: string, cube: DayCounts])[]): MonthData {
  const about = packAbout(days);
  return {
    days: Object.fromEntries(
      days.map(([day, { agents }]) => [
        day,
        Object.fromEntries(Object.entries(agents).map(([agent, cell]) => [agent, pack(cell)])),
      ]),
    ),
    ...(about && { about }),
  };
}

/** The days of a month as they were before `packMonth`. */
export const unpackMonth = ({ days, about }: MonthData): [day: string, cube: DayCounts][] =>
  Object.entries(days).map(([day, agents]) => {
    const ofDay = about && unpackAbout(about, day);
    return [
      day,
      {
        agents: Object.fromEntries(Object.entries(agents).map(([agent, cell]) => [agent, unpack(cell)])),
        ...(ofDay && { about: ofDay }),
      },
    ];
  });

function pack({ counts, rules }: Cell): PackedCell {
  return {
    counts: Object.fromEntries(
      Object.entries(counts).filter(([, value]) =>
        typeof value === 'number' ? value !== 0 : Object.keys(value).length > 0,
      ),
    ),
    rules: Object.fromEntries(
      Object.entries(rules).map(([rule, { evaluated, passed }]) => [rule, [evaluated, passed]]),
    ),
  };
}

function unpack({ counts, rules }: PackedCell): Cell {
  return {
    counts: { ...emptyCounts(), ...counts },
    rules: Object.fromEntries(
      Object.entries(rules).map(([rule, [evaluated, passed]]) => [rule, { evaluated, passed }]),
    ),
  };
}
