import { pMapIterable } from 'p-map';
import { monthOf } from '#shared/calendar/calendar.ts';
import { type AttentionRules, usualLength } from '#shared/calls/attention.ts';
import { countAbout } from '#shared/counts/about.ts';
import {
  type Cell,
  type Cube,
  countDurations,
  countParties,
  cubeOf,
  type Durations,
  emptyCounts,
} from '#shared/counts/cube.ts';
import { foldDurations, NUMBERS, TALLIES, UNDATED } from '#shared/counts/fold.ts';
import type { Dimension } from '#shared/filter/dimension-id.ts';
import type { Call } from '#shared/model.ts';
import { compress, copied, decodeText, decompress, encodeText } from '../lib/bytes.ts';
import type { StateAt } from '../publish/manifest.ts';
import { countValues, type DayValues, type dimensionTally } from './dimensions.ts';
import type { StateFiles, StateReader } from './state-files.ts';

/**
 * Where lies what the days of a month come to, beside their calls: in blobs of their own, as a run in which nothing has changed needs none
 * of them. Each has a line a day.
 */
export interface MonthAt {
  /** What all pages are made from. */
  counts: StateAt;
  /** Who called: of interest for a week or two, and as long as there are calls. */
  parties: StateAt;
}

/** Month → its blobs; calls without a day are a month of their own. */
export type Months = { [month: string]: MonthAt };

/** Keys of the blobs of some months, inside the organization. */
export const blobsOfMonths = (months: Months): string[] =>
  Object.values(months).flatMap(({ counts, parties }) => [counts.blob, parties.blob]);

export const monthOfDay = (day: string): string => (day === UNDATED ? UNDATED : monthOf(day));

/** What one day comes to, as its lines have it. */
export interface DayLines {
  /** What its cube is, what its calls are about (see `AboutDay`), and all values of that (see `DayValues`), parted by tabs, which JSON has none of. */
  counts: string;
  parties: string;
}

/** A cell as it is written: its numbers and tallies in the order of their names, then its rules. A build holds tens of thousands. */
type CellRow = [numbers: number[], tallies: { [key: string]: number }[], rules: Cell['rules']];

type DayRow = Omit<Cube, 'agents' | 'about'> & { agents: { [agent: string]: CellRow }; durations: Durations };

/**
 * The same calls in the same order give the same lines.
 * @param critical identities of the critical rules
 * @param dimensions what calls are told apart by
 */
export function linesOf(
  calls: readonly Call[],
  critical: ReadonlySet<string>,
  timeZone: string,
  dimensions: readonly Dimension[] = [],
): DayLines {
  const cube = cubeOf(calls, critical, timeZone);
  const agents = Object.fromEntries(Object.entries(cube.agents).map(([agent, cell]) => [agent, rowOf(cell)]));
  const day: DayRow = { ...cube, agents, durations: countDurations(calls) };
  const values = countValues(calls);
  const parts = [day, ...(values ? [countAbout(calls, dimensions) ?? null, values] : [])];
  return { counts: parts.map((part) => JSON.stringify(part)).join(TAB), parties: JSON.stringify(countParties(calls)) };
}

const TAB = '\t';

/** The parts of a day's line of counts, as text. */
export function partsOfLine(line: string): { day: string; about?: string; values?: string } {
  const [day = '', about, values] = line.split(TAB);
  return { day, ...(about !== undefined && about !== 'null' && { about }), ...(values !== undefined && { values }) };
}

/** The same line where the calls are told apart by other dimensions. */
export function lineFor(line: string, calls: readonly Call[], dimensions: readonly Dimension[]): string {
  const { day, values } = partsOfLine(line);
  return values === undefined ? line : [day, JSON.stringify(countAbout(calls, dimensions) ?? null), values].join(TAB);
}

/**
 * Write what the days of one month come to. The counts are a draft: what calls are told apart by is only known when all days are counted.
 * @param before its blobs in the build before; absent: all its days are in `days`
 * @param days those that are other ones now; undefined: the day has no call any more
 * @returns undefined where no day is left
 */
export async function writeMonth(
  files: StateFiles,
  before: MonthAt | undefined,
  days: ReadonlyMap<string, DayLines | undefined>,
): Promise<MonthAt | undefined> {
  async function packed(of: keyof MonthAt): Promise<Uint8Array | undefined> {
    const known = before?.[of];
    const lines = known ? await linesIn(await files.read(known)) : new Map<string, string>();
    for (const [day, own] of days) {
      if (own) lines.set(day, own[of]);
      else lines.delete(day);
    }
    return lines.size > 0 ? packLines(lines) : undefined;
  }
  const counts = await packed('counts');
  const parties = await packed('parties');
  return (
    counts &&
    parties && { counts: await files.draft(counts), parties: await files.write(parties, before?.parties.blob) }
  );
}

/** A blob of a month. @param lines day → its line */
export function packLines(lines: ReadonlyMap<string, string>): Promise<Uint8Array> {
  const sorted = [...lines].sort(([a], [b]) => (a < b ? -1 : 1));
  return compress(encodeText(sorted.map(([day, line]) => `${day}\t${line}\n`).join('')), QUALITY);
}

/** Of brotli: they are read and written more often than they lie there long. */
const QUALITY = 2;

/** Day → its line in a month's blob. */
export async function linesIn(packed: Uint8Array): Promise<Map<string, string>> {
  const lines = decodeText(await decompress(packed))
    .split('\n')
    .slice(0, -1);
  return new Map(
    lines.map((line) => {
      const end = line.indexOf('\t');
      return [line.slice(0, end), line.slice(end + 1)];
    }),
  );
}

/** What all days come to. */
export interface Counted {
  /** By date, oldest first; calls without a day are the last. */
  cubes: Map<string, Cube>;
  /** See `AttentionRules`. */
  usual: AttentionRules['usual'];
}

/** Months read ahead. */
const AHEAD = 2;

/**
 * Read what all days come to. Of what is not in it, one month is held at a time.
 * @param tally told what the calls of each day might be told apart by, where somebody asks for it
 * @throws {Damaged}
 */
export async function readCounts(
  read: StateReader,
  months: Months,
  tally?: ReturnType<typeof dimensionTally>,
): Promise<Counted> {
  const cubes = new Map<string, Cube>();
  const durations = foldDurations();
  const sorted = Object.keys(months).sort();
  const lines = pMapIterable(sorted, async (month) => linesIn(await read((months[month] as MonthAt).counts)), {
    concurrency: AHEAD,
  });
  for await (const days of lines) {
    for (const [date, line] of days) {
      const { day, about, values } = partsOfLine(line);
      const { durations: own, ...cube } = JSON.parse(day) as DayRow;
      durations.add(own);
      cubes.set(date, { ...cube, agents: cellsOf(cube.agents), ...(about !== undefined && { about: copied(about) }) });
      if (tally && values !== undefined) tally.add(JSON.parse(values) as DayValues);
    }
    tally?.endMonth();
  }
  return { cubes, usual: usualLength(durations.all()) };
}

const cellsOf = (agents: DayRow['agents']): Cube['agents'] =>
  Object.fromEntries(Object.entries(agents).map(([agent, row]) => [agent, cellOf(row)]));

const rowOf = ({ counts, rules }: Cell): CellRow => [
  NUMBERS.map((name) => counts[name]),
  TALLIES.map((name) => counts[name]),
  rules,
];

function cellOf([numbers, tallies, rules]: CellRow): Cell {
  const counts = emptyCounts();
  for (const [i, name] of NUMBERS.entries()) counts[name] = numbers[i] as number;
  for (const [i, name] of TALLIES.entries()) counts[name] = tallies[i] as Cell['counts'][typeof name];
  return { counts, rules };
}
