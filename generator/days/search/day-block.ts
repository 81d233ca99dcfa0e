import { newestFirst } from '#shared/calls/attention.ts';
import type { Call } from '#shared/model.ts';
import { blockWriter, entriesOf } from '#shared/search/block.ts';
import { compareTerms } from '#shared/search/compare.ts';
import { isWord } from '#shared/search/terms.ts';

/** The terms of a day's calls, as one block: its calls have their places by `newestFirst`. */
export type DayBlock = Uint8Array;

/** Calls in the order of their places. */
export const placed = (calls: readonly Call[]): Call[] => calls.toSorted(newestFirst);

/**
 * The block of a day after some of its calls have changed: only these are looked at. The same calls give the same bytes, whatever was before.
 * @param before the day's calls as they were, and their block; undefined: it had none
 * @param calls those that it has now
 * @param fresh terms of each that is new or another one, by id
 */
export function updateBlock(
  before: { calls: readonly Call[]; block: DayBlock } | undefined,
  calls: readonly Call[],
  fresh: ReadonlyMap<string, Iterable<string>>,
  stemOf: (word: string) => string,
): DayBlock {
  const now = placed(calls);
  const places = new Map(now.map(({ id }, place) => [id, place]));
  const moved = before && placed(before.calls).map(({ id }) => (fresh.has(id) ? -1 : (places.get(id) ?? -1)));
  const added = listsOf(now.map(({ id }) => fresh.get(id)));
  const terms = [...added.keys()].sort(compareTerms);
  const writer = blockWriter(calls.length);
  let next = 0;
  const addNew = (term: string) => {
    const list = added.get(term) ?? [];
    writer.add({ term, stem: isWord(term) ? stemOf(term) : term, count: list.length, places: list });
  };
  for (const entry of before ? entriesOf(before.block) : []) {
    for (let term = terms[next]; term !== undefined && term < entry.term; term = terms[next]) {
      addNew(term);
      next++;
    }
    const kept: number[] = [];
    for (const place of entry.places ?? []) {
      const to = moved?.[place] ?? -1;
      if (to >= 0) kept.push(to);
    }
    const more = terms[next] === entry.term ? (added.get(entry.term) ?? []) : [];
    if (more.length > 0) next++;
    for (const place of more) kept.push(place);
    if (more.length > 0 && kept.length > more.length) kept.sort((a, b) => a - b);
    if (kept.length > 0) writer.add({ term: entry.term, stem: entry.stem, count: kept.length, places: kept });
  }
  for (const term of terms.slice(next)) addNew(term);
  return writer.end();
}

/** Term → places of those that have it. @param all terms of each by place; undefined: none are to be told */
function listsOf(all: readonly (Iterable<string> | undefined)[]): Map<string, number[]> {
  const lists = new Map<string, number[]>();
  for (const [place, terms] of all.entries())
    for (const term of terms ?? []) {
      const list = lists.get(term);
      if (list) list.push(place);
      else lists.set(term, [place]);
    }
  return lists;
}
