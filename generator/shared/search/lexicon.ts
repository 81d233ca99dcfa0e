import { type Entry, entriesOf } from './block.ts';
import { decodePiece } from './piece.ts';
import type { QueryWord } from './query.ts';
import { blockOf, blockPath, blocksOf, firstsPath, piecePath, type SearchSegment } from './root.ts';
import { leadOf } from './stem.ts';
import { isWord } from './terms.ts';

/** The files of an index; each is fetched once, however often it is asked for. */
export interface IndexFiles {
  json<T>(path: string): Promise<T>;
  bytes(path: string): Promise<Uint8Array>;
}

/** Places of calls, newest first, as far as they have been read. */
export interface PlaceList {
  places: readonly number[];
  /** All places below it have been read. */
  horizon: number;
  /** Read some more. */
  more(): Promise<void>;
}

/** The terms of one segment. */
export interface Lexicon {
  /** Those that a word stands for. */
  entries(word: QueryWord): Promise<Entry[]>;
  /** The term itself, if any call has it. */
  entry(term: string): Promise<Entry | undefined>;
  /** Words beside which a word would stand: where one slip of a finger may have led away from. */
  beside(term: string): Promise<Entry[]>;
  list(entry: Entry): PlaceList;
}

/**
 * @param calls of the segment
 * @param stems what is known of words from other segments, by term; filled with what this one knows
 */
export function openLexicon(
  segment: SearchSegment,
  calls: number,
  files: IndexFiles,
  stems: Map<string, string>,
): Lexicon {
  const blocks = new Map<number, Promise<Entry[]>>();
  const lists = new Map<Entry, PlaceList>();
  const firsts = async () => segment.firsts ?? (await files.json<string[]>(firstsPath(segment.name)));

  function block(number: number): Promise<Entry[]> {
    const entries =
      blocks.get(number) ?? files.bytes(blockPath(segment.name, number)).then((bytes) => Array.from(entriesOf(bytes)));
    blocks.set(number, entries);
    entries.catch(() => blocks.delete(number));
    return entries;
  }
  async function beginning(start: string): Promise<Entry[]> {
    if (segment.blocks === 0) return [];
    const [first, last] = blocksOf(await firsts(), start);
    const read = await Promise.all(Array.from({ length: last - first + 1 }, (_, i) => block(first + i)));
    return read.flat().filter(({ term }) => term.startsWith(start));
  }
  async function beside(term: string): Promise<Entry[]> {
    return segment.blocks === 0 ? [] : block(blockOf(await firsts(), term));
  }
  const entry = async (term: string) => (await beside(term)).find((each) => each.term === term);
  async function formsOf(term: string): Promise<Entry[]> {
    const own = await entry(term);
    if (own) stems.set(term, own.stem);
    const stem = stems.get(term);
    if (stem === undefined) return [];
    return (await beginning(leadOf(stem))).filter((each) => each.stem === stem && isWord(each.term));
  }

  return {
    entry,
    beside: async (term) => (await beside(term)).filter((each) => isWord(each.term)),
    async entries({ term, as }) {
      if (as === 'exact' || as === 'part') return [await entry(term)].flatMap((each) => each ?? []);
      if (as === 'word') return formsOf(term);
      const [starts, forms] = await Promise.all([beginning(term), formsOf(term)]);
      return Array.from(new Set([...starts, ...forms]));
    },
    list(of) {
      const list = lists.get(of) ?? openList(of, segment.name, calls, files);
      lists.set(of, list);
      return list;
    },
  };
}

function openList({ places, pieces }: Entry, segment: string, calls: number, files: IndexFiles): PlaceList {
  if (places) return { places, horizon: calls, more: async () => undefined };
  let read = 0;
  const list: PlaceList = {
    places: [],
    horizon: 0,
    async more() {
      const { first, count } = pieces ?? { first: 0, count: 0 };
      if (read === count) return;
      const { places: next, end } = decodePiece(await files.bytes(piecePath(segment, first + read)));
      read++;
      list.places = list.places.concat(next);
      list.horizon = read === count ? calls : end;
    },
  };
  return list;
}
