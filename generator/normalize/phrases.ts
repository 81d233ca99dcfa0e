import type { Utterance } from '#shared/model.ts';
import { wordsOf } from '#shared/search/terms.ts';
import type { CountedPhrase } from '../tenants/phrases.ts';

/**
 * Makes a function that tells the names of the phrases which turns say: those of which some turn has the words of one wording in a row, as the
 * search compares words.
 * @returns names in the order of the configuration; undefined where nothing was said, or no phrase is configured
 */
export function phraseFinder(
  phrases: readonly CountedPhrase[],
): (turns: readonly Pick<Utterance, 'text'>[]) => string[] | undefined {
  const byFirst = new Map<string, { name: string; words: string[] }[]>();
  for (const { name, any } of phrases)
    for (const wording of any) {
      const words = wordsOf(wording);
      const [first = ''] = words;
      byFirst.set(first, [...(byFirst.get(first) ?? []), { name, words }]);
    }
  return (turns) => {
    if (phrases.length === 0 || turns.length === 0) return undefined;
    const said = new Set<string>();
    for (const { text } of turns) {
      const spoken = wordsOf(text);
      for (const [at, word] of spoken.entries())
        for (const { name, words } of byFirst.get(word) ?? [])
          if (!said.has(name) && words.every((each, i) => spoken[at + i] === each)) said.add(name);
    }
    return phrases.flatMap(({ name }) => (said.has(name) ? [name] : []));
  };
}
