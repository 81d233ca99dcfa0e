import type { Dimension } from '#shared/filter/dimension-id.ts';
import { type DayValues, dimensionTally, isAffected } from './dimensions.ts';
import type { DayReader } from './files.ts';
import {
  type Counted,
  lineFor,
  linesIn,
  type MonthAt,
  type Months,
  packedWith,
  partsOfLine,
  readCounts,
} from './months.ts';
import type { State } from './state.ts';
import type { StateFiles } from './state-files.ts';

/**
 * Settle what calls are told apart by, now that all days are counted: days with calls of a value that has come or gone are counted again. Then the
 * months are written.
 * @param before the months of the build before
 * @returns the state, and what all its days come to
 */
export async function tellApart(
  state: State,
  before: Months,
  files: StateFiles,
  readDay: DayReader,
): Promise<{ state: State; counted: Counted }> {
  const tally = dimensionTally();
  const counted = await readCounts(files.read, state.months, tally);
  const dimensions = tally.dimensions();
  const isOther = isAffected(state.dimensions, dimensions);
  const months: Months = {};
  let isAgain = false;
  for (const [month, at] of Object.entries(state.months)) {
    const same = Object.hasOwn(before, month) ? before[month]?.counts.blob : undefined;
    const days = new Map<string, string>();
    if (!isSame(dimensions, state.dimensions))
      for (const [day, line] of await linesIn(await files.read(at.counts))) {
        const { values } = partsOfLine(line);
        if (values !== undefined && isOther(JSON.parse(values) as DayValues))
          days.set(day, lineFor(line, await readDay(day), dimensions));
      }
    isAgain ||= days.size > 0;
    months[month] = { ...at, counts: await settled(files, at, days, same) };
  }
  const next = { ...state, dimensions, months };
  return { state: next, counted: isAgain ? await readCounts(files.read, months) : counted };
}

async function settled(files: StateFiles, { counts }: MonthAt, days: Map<string, string>, same: string | undefined) {
  const packed = days.size > 0 ? await packedWith(files, counts, days) : undefined;
  return packed ? files.write(packed, same) : files.settle(counts, same);
}

/** In the order in which values are listed: it is part of what is shown, and no part of any day. */
const isSame = (a: readonly Dimension[], b: readonly Dimension[]): boolean => JSON.stringify(a) === JSON.stringify(b);
