import { wordsOf } from '#shared/search/terms.ts';

/** Words that are wrong, missing or too many in what was heard, by the least number of changes; and words that were said. */
export function wordErrors(said: string, heard: string): { errors: number; words: number } {
  const [wanted, found] = [wordsOf(said), wordsOf(heard)];
  let row = found.map((_, i) => i + 1);
  row.unshift(0);
  for (const [i, word] of wanted.entries()) {
    const next = [i + 1];
    for (const [j, other] of found.entries())
      next.push(Math.min((row[j] ?? 0) + (word === other ? 0 : 1), (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    row = next;
  }
  return { errors: row.at(-1) ?? 0, words: wanted.length };
}
