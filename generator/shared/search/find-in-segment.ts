import type { Entry } from './block.ts';
import { type IndexFiles, type Lexicon, openLexicon, type PlaceList } from './lexicon.ts';
import { anyOf, both, except } from './lists.ts';
import type { Query } from './query.ts';
import type { SearchSegment } from './root.ts';
import { placesWithin } from './segment-days.ts';

/** Calls of one segment that a query means, as far as it was looked. */
interface FoundPlaces {
  /** All below the horizon. */
  places: readonly number[];
  horizon: number;
  /** For each word of the query the terms that stand for it. */
  terms: string[][];
}

export interface OpenSegment {
  calls: number;
  lexicon: Lexicon;
  /** Look until so many calls are found, or all have been looked at. */
  find(query: Query, enough: number): Promise<FoundPlaces>;
}

export function openSegment(segment: SearchSegment, files: IndexFiles, stems: Map<string, string>): OpenSegment {
  const calls = segment.days.reduce((sum, [, each]) => sum + each, 0);
  const lexicon = openLexicon(segment, calls, files, stems);
  const listsOf = (entries: readonly Entry[]) => entries.map(lexicon.list);

  return {
    calls,
    lexicon,
    async find(query, enough) {
      const [words, without, filters] = await Promise.all([
        Promise.all(query.words.map(lexicon.entries)),
        Promise.all(query.without.words.map(lexicon.entries)),
        Promise.all(
          query.filters.map(async (terms) =>
            (await Promise.all(terms.map(lexicon.entry))).flatMap((each) => each ?? []),
          ),
        ),
      ]);
      const terms = words.map((entries) => entries.map(({ term }) => term));
      const wanted = [...words, ...filters].map(listsOf);
      const unwanted = listsOf(without.flat());
      // What no call of the segment has is read no further.
      if (wanted.some((lists) => lists.length === 0)) return { places: [], horizon: calls, terms };
      const all = [...wanted.flat(), ...unwanted];
      for (;;) {
        const horizon = Math.min(calls, ...all.map((list) => list.horizon));
        const places = placesOf(wanted, unwanted, placesWithin(segment.days, query)).filter((place) => place < horizon);
        if (horizon === calls || places.length >= enough) return { places, horizon, terms };
        await Promise.all(all.filter((list) => list.horizon === horizon).map((list) => list.more()));
      }
    },
  };
}

/** @param within the places of the query's days, from the first up to but without the other */
function placesOf(wanted: PlaceList[][], unwanted: PlaceList[], [first, end]: [number, number]): readonly number[] {
  const [least, ...others] = wanted
    .map((lists) => anyOf(lists.map(({ places }) => places)))
    .sort((a, b) => a.length - b.length);
  const inDays =
    least?.filter((place) => place >= first && place < end) ?? Array.from({ length: end - first }, (_, i) => first + i);
  return except(others.reduce(both, inDays), anyOf(unwanted.map(({ places }) => places)));
}
