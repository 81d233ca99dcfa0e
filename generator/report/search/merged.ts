import { type Entry, entriesOf } from '#shared/search/block.ts';

/** A block that is read from its beginning, among others. */
interface Source {
  entry: Entry;
  rest: Iterator<Entry, void>;
  /** Its place among the blocks. */
  index: number;
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
  const heap: Source[] = [];
  let from = 0;
  for (const [index, { block, calls }] of blocks.entries()) {
    const rest = entriesOf(block);
    const { value: entry } = rest.next();
    if (entry) push(heap, { entry, rest, index, from });
    from += calls;
  }
  for (let top = heap[0]; top; top = heap[0]) {
    const { term, stem } = top.entry;
    const places: number[] = [];
    for (let own = heap[0]; own?.entry.term === term; own = heap[0]) {
      for (const place of own.entry.places ?? []) places.push(own.from + place);
      const { value: entry } = own.rest.next();
      if (entry) own.entry = entry;
      else replaceTop(heap);
      sink(heap);
    }
    yield { term, stem, count: places.length, places };
  }
}

/** Of one term the earlier run first: so its places rise. */
const isBefore = (a: Source, b: Source): boolean =>
  a.entry.term === b.entry.term ? a.index < b.index : a.entry.term < b.entry.term;

function push(heap: Source[], source: Source): void {
  let at = heap.push(source) - 1;
  while (at > 0) {
    const above = (at - 1) >> 1;
    if (!isBefore(heap[at] as Source, heap[above] as Source)) return;
    swap(heap, at, above);
    at = above;
  }
}

/** Put the last one where the first was. */
function replaceTop(heap: Source[]): void {
  const last = heap.pop();
  if (last && heap.length > 0) heap[0] = last;
}

/** Let the first one sink to where it belongs. */
function sink(heap: Source[]): void {
  for (let at = 0; ; ) {
    let first = at;
    for (const below of [2 * at + 1, 2 * at + 2])
      if (below < heap.length && isBefore(heap[below] as Source, heap[first] as Source)) first = below;
    if (first === at) return;
    swap(heap, at, first);
    at = first;
  }
}

function swap(heap: Source[], a: number, b: number): void {
  const kept = heap[a] as Source;
  heap[a] = heap[b] as Source;
  heap[b] = kept;
}
