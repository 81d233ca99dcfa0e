import type { Spool } from '../../lib/spool.ts';
import { type SpooledList, spooledList } from '../../lib/spooled.ts';
import type { Family, SiteFile } from '../manifest.ts';
import { FAMILIES, familyOf, partOf } from './part.ts';

/** What is said of a path: the file that it has now, or that it has none. */
type Said = SiteFile | undefined;

/**
 * What is different from the build before, by path. Little of it is in memory: it lies in the spool, in groups by the first bits of the
 * hash of the path, as parts of a manifest are.
 */
export interface Changes {
  /** What is said last of a path is what holds. @returns what to wait for before the next one, where there is anything to wait for */
  say(path: string, said: Said): Promise<void> | undefined;
  /** All that is said of paths whose hash begins with these bits. @param bits not more than those of a group */
  in(family: Family, bits: number, index: number): Promise<Map<string, Said>>;
}

/** Of a group: in a million files there are some thousands of each. */
export const GROUP_BITS = 8;

/** Files of each group that are not written: a small site needs no spool. */
const HELD = 8;

/** Characters of JSON that wait in each group: together less than ten megabytes. */
const BLOCK_LENGTH = 16 * 1024;

type Line = [path: string, file?: SiteFile];

/** @param lost paths of which nothing is left, unless something else is said of them */
export function openChanges(spool: Spool, lost: Iterable<string>): Changes {
  const groups = Object.fromEntries(FAMILIES.map((family) => [family, new Map<number, SpooledList<Line>>()])) as Record<
    Family,
    Map<number, SpooledList<Line>>
  >;
  const lostIn = Map.groupBy(lost, (path) => partOf(path, GROUP_BITS));

  function listOf(path: string): SpooledList<Line> {
    const group = partOf(path, GROUP_BITS);
    const lists = groups[familyOf(path)];
    const list = lists.get(group) ?? spooledList<Line>(spool, HELD, BLOCK_LENGTH);
    lists.set(group, list);
    return list;
  }

  return {
    say: (path, said) => listOf(path).push(said ? [path, said] : [path]),
    async in(family, bits, index) {
      const said = new Map<string, Said>();
      const each = 2 ** (GROUP_BITS - bits);
      for (let group = index * each; group < (index + 1) * each; group++) {
        for (const path of lostIn.get(group) ?? []) if (familyOf(path) === family) said.set(path, undefined);
        for await (const [path, file] of groups[family].get(group) ?? []) said.set(path, file);
      }
      return said;
    },
  };
}
