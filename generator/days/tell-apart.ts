import { copied } from '../lib/bytes.ts';
import { affectedBy, type DayValues, dimensionTally } from './dimensions.ts';
import type { DayReader } from './files.ts';
import { type Counted, lineFor, linesIn, type Months, packLines, partsOfLine, readCounts } from './months.ts';
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
  const isAffected = affectedBy(state.dimensions, dimensions);

  /** Count the affected days of a month again. @returns its blob; undefined where it has none of them */
  async function countAgain(packed: Uint8Array, isOther: (day: DayValues) => boolean): Promise<Uint8Array | undefined> {
    const lines = await linesIn(packed);
    let isSame = true;
    for (const [day, before] of lines) {
      const { values } = partsOfLine(before);
      if (values === undefined || !isOther(JSON.parse(values) as DayValues)) continue;
      const line = lineFor(before, await readDay(day), dimensions);
      lines.set(day, line);
      const { about } = partsOfLine(line);
      const cube = counted.cubes.get(day);
      if (cube) cube.about = about && copied(about);
      isSame = false;
    }
    return isSame ? undefined : packLines(lines);
  }

  const months: Months = {};
  for (const [month, at] of Object.entries(state.months)) {
    const same = Object.hasOwn(before, month) ? before[month]?.counts.blob : undefined;
    const packed = isAffected && (await countAgain(await files.read(at.counts), isAffected));
    months[month] = { ...at, counts: packed ? await files.write(packed, same) : await files.settle(at.counts, same) };
  }
  return { state: { ...state, dimensions, months }, counted };
}
