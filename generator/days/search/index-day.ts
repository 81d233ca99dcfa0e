import pLimit from 'p-limit';
import type { Call } from '#shared/model.ts';
import { decodeText, squeeze, unsqueeze } from '../../lib/bytes.ts';
import { Damaged } from '../../lib/errors.ts';
import type { Slice, Spool } from '../../lib/spool.ts';
import type { StateAt } from '../../publish/manifest.ts';
import type { State } from '../state.ts';
import type { StateFiles, StateReader } from '../state-files.ts';
import { splitTerms } from './call-terms.ts';
import { type DayBlock, updateBlock } from './day-block.ts';
import { openStems } from './stems.ts';

/** What has become of the calls of a day. */
interface ChangedDay {
  /** As the state before has them. */
  before: readonly Call[];
  /** Those of the day now. */
  calls: readonly Call[];
  /** Where the terms lie of those that are new or other ones, by id. */
  added: readonly (readonly [id: string, terms: Slice | undefined])[];
}

/** @throws {Damaged} where it is gone or is not as it was written */
export const readDayBlock = async (read: StateReader, at: StateAt): Promise<DayBlock> => unsqueeze(await read(at));

/** Writes the terms of days, one day at a time. @param state that of the build before @returns where those of a day lie now */
export function openIndex(
  { stateFiles, spool }: { stateFiles: StateFiles; spool: Spool },
  state: Pick<State, 'terms'>,
  language: string,
): (day: string, changed: ChangedDay) => Promise<StateAt> {
  const stemOf = openStems(language);
  const inTurn = pLimit(1);
  return (day, { before, calls, added }) =>
    inTurn(async () => {
      const at = state.terms[day];
      if (before.length > 0 && !at) throw new Damaged(`missing terms of ${day}`);
      const fresh = new Map<string, string[]>();
      for (const [id, slice] of added) if (slice) fresh.set(id, splitTerms(decodeText(await spool.get(slice))));
      const old =
        at && before.length > 0 ? { calls: before, block: await readDayBlock(stateFiles.read, at) } : undefined;
      return stateFiles.write(squeeze(updateBlock(old, calls, fresh, stemOf)), at?.blob);
    });
}
