import { decodeFound, type FoundCall, type SegmentCalls } from './calls.ts';
import { type OpenSegment, openSegment } from './find-in-segment.ts';
import type { IndexFiles } from './lexicon.ts';
import { meant } from './meant.ts';
import type { Query } from './query.ts';
import { callsPath, type SearchRoot, type SearchSegment } from './root.ts';
import { dayAt, isWithin } from './segment-days.ts';

/** A call that the index has for a query. */
export interface Hit {
  segment: string;
  place: number;
  /** Local day of its start. */
  day: string | null;
}

/** A search under way. */
export interface Search {
  /** Newest first. */
  hits: Hit[];
  /** The oldest day that has been looked at; null: calls without a day too. Absent where nothing was to be looked at. */
  since?: string | null | undefined;
  /** Whether all calls have been looked at. */
  isAll: boolean;
  /** What was looked for in the place of what was typed, since no call has that. */
  meant: Map<string, string>;
  /** For each word of the query the terms that were found. */
  terms: ReadonlySet<string>[];
}

/** Hits that stand before older calls are looked at only where somebody asks for them. */
export const ENOUGH = 20;

/**
 * Calls that a query may mean, newest first. What follows what, and who said it, is judged on their pages.
 * @returns a function that looks on until some more hits stand, or everything has been looked at; it gives what has been found so far
 */
export function openSearch(
  query: Query,
  { segments }: SearchRoot,
  files: IndexFiles,
): (more?: number) => Promise<Search> {
  const stems = new Map<string, string>();
  const lexicons = new Map<string, OpenSegment>();
  const open = (segment: SearchSegment): OpenSegment => {
    const known = lexicons.get(segment.name) ?? openSegment(segment, files, stems);
    lexicons.set(segment.name, known);
    return known;
  };
  const wanted = segments.filter(({ days }) => days.some(([day]) => isWithin(day, query)));
  let asked = query;
  let found = nothing(query, wanted.length === 0);
  let at = 0;

  async function look(hits: number): Promise<void> {
    while (at < wanted.length && found.hits.length < hits) {
      const { name, days } = wanted[at] as SearchSegment;
      const segment = open(wanted[at] as SearchSegment);
      const already = found.hits.filter((hit) => hit.segment === name);
      const others = found.hits.length - already.length;
      const { places, horizon, terms } = await segment.find(asked, hits - others);
      const fresh = places
        .slice(already.length)
        .map((place): Hit => ({ segment: name, place, day: dayAt(days, place) }));
      found = {
        ...found,
        hits: [...found.hits, ...fresh],
        since: dayAt(days, Math.max(0, horizon - 1)),
        terms: found.terms.map((known, i) => new Set([...known, ...(terms[i] ?? [])])),
      };
      if (horizon < segment.calls) break;
      at++;
    }
    found.isAll = at === wanted.length;
  }

  return async (more = ENOUGH) => {
    const hits = found.hits.length + more;
    await look(hits);
    while (found.isAll && found.hits.length === 0) {
      const better = await meant(asked, found.terms, wanted.map(open));
      if (!better) break;
      asked = better.query;
      at = 0;
      found = { ...nothing(asked, false), meant: new Map([...found.meant, ...better.words]) };
      await look(hits);
    }
    return found;
  };
}

const nothing = ({ words }: Query, isAll: boolean): Search => ({
  hits: [],
  isAll,
  meant: new Map(),
  terms: words.map(() => new Set<string>()),
});

/** The calls of some hits, in their order. */
export async function callsAt(
  hits: readonly Hit[],
  { callsAFile }: Pick<SearchRoot, 'callsAFile'>,
  files: IndexFiles,
): Promise<(FoundCall & Pick<Hit, 'day'>)[]> {
  return Promise.all(
    hits.map(async ({ segment, place, day }) => {
      const path = callsPath(segment, Math.floor(place / callsAFile));
      const call = decodeFound(await files.json<SegmentCalls>(path))[place % callsAFile];
      if (!call) throw new RangeError(`missing call: ${path} has no place ${place % callsAFile}`);
      return { ...call, day };
    }),
  );
}
