import TinyQueue from 'tinyqueue';
import { type Entry, entriesOf } from '#shared/search/block.ts';
import { compareTerms } from '#shared/search/compare.ts';

/** A block that is read from its beginning, among others. */
interface Source {
  entry: Entry;
  rest: Iterator<Entry, void>;
  /** The place that its first call has in all of them. */
  from: number;
}

/**
 * The terms of several runs of calls, as those of one: each with the places that its calls have there. No text is read.
 * @param blocks of the runs, in order, each with the number of its calls; none of their lists lies in pieces
 */
export function* mergedEntries(
  blocks: readonly { block: Uint8Array; calls: number }[],
): Generator<Required<Omit<Entry, 'pieces'>>> {
  const sources = new TinyQueue<Source>([], inOrder);
  const goOn = (rest: Source['rest'], from: number): void => {
    const { value: entry } = rest.next();
    if (entry) sources.push({ entry, rest, from });
  };
  let before = 0;
  for (const { block, calls } of blocks) {
    goOn(entriesOf(block), before);
    before += calls;
  }
  for (let first = sources.peek(); first; first = sources.peek()) {
    const { term, stem } = first.entry;
    const places: number[] = [];
    while (sources.peek()?.entry.term === term) {
      const { entry, rest, from } = sources.pop() as Source;
      for (const place of entry.places ?? []) places.push(from + place);
      goOn(rest, from);
    }
    yield { term, stem, count: places.length, places };
  }
}

/** Of one term the earlier run first: so its places rise. */
const inOrder = (a: Source, b: Source): number => compareTerms(a.entry.term, b.entry.term) || a.from - b.from;
