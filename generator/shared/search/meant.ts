import type { OpenSegment } from './find-in-segment.ts';
import type { Query } from './query.ts';
import { slips, slipsIn } from './slip.ts';

/** A query with words in the place of those that no call has. */
export interface Meant {
  query: Query;
  /** What was typed → what is looked for. */
  words: [typed: string, meant: string][];
}

/**
 * Where no call has a word, the one that a slip of the finger may have led away from: with fewest slips, of these the one in most calls.
 * @param found for each word of the query the terms that were found
 * @returns undefined where there is none
 */
export async function meant(
  query: Query,
  found: readonly ReadonlySet<string>[],
  segments: readonly OpenSegment[],
): Promise<Meant | undefined> {
  const words: Meant['words'] = [];
  const better = await Promise.all(
    query.words.map(async (word, i) => {
      if (word.as === 'exact' || word.as === 'part' || (found[i]?.size ?? 0) > 0) return word;
      const near = await nearest(word.term, segments);
      if (near === undefined) return word;
      words.push([word.term, near]);
      return { term: near, as: 'word' as const };
    }),
  );
  return words.length > 0 ? { query: { ...query, words: better }, words } : undefined;
}

async function nearest(typed: string, segments: readonly OpenSegment[]): Promise<string | undefined> {
  const most = slipsIn(typed);
  if (most === 0) return undefined;
  const calls = new Map<string, number>();
  for (const { lexicon } of segments)
    for (const { term, count } of await lexicon.beside(typed)) calls.set(term, (calls.get(term) ?? 0) + count);
  let best: { term: string; far: number; count: number } | undefined;
  for (const [term, count] of calls) {
    const far = slips(term, typed, Math.min(most, best?.far ?? most));
    if (far > most || (best && (far > best.far || (far === best.far && count <= best.count)))) continue;
    best = { term, far, count };
  }
  return best?.term;
}
