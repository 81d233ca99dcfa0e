import type { Utterance } from '#shared/model.ts';
import { wordsOf } from '#shared/search/terms.ts';
import type { CountedPhrase } from '../tenants/phrases.ts';

/** A phrase that was said, and where first. */
interface SaidPhrase {
  name: string;
  /** 1 for the first turn. */
  turn: number;
}

/**
 * Makes a function that tells which phrases turns say: those of which some turn has the words of one wording in a row, as the search compares
 * words.
 * @returns phrases in the order of the configuration; undefined where nothing was said, or no phrase is configured
 */
export function phraseFinder(
  phrases: readonly CountedPhrase[],
): (turns: readonly Pick<Utterance, 'text'>[]) => SaidPhrase[] | undefined {
  const byFirst = new Map<string, { name: string; words: string[] }[]>();
  for (const { name, any } of phrases)
    for (const wording of any) {
      const words = wordsOf(wording);
      const [first = ''] = words;
      byFirst.set(first, [...(byFirst.get(first) ?? []), { name, words }]);
    }
  return (turns) => {
    if (phrases.length === 0 || turns.length === 0) return undefined;
    const said = new Map<string, number>();
    for (const [i, { text }] of turns.entries()) {
      const spoken = wordsOf(text);
      for (const [at, word] of spoken.entries())
        for (const { name, words } of byFirst.get(word) ?? [])
          if (!said.has(name) && words.every((each, next) => spoken[at + next] === each)) said.set(name, i + 1);
    }
    return phrases.flatMap(({ name }) => {
      const turn = said.get(name);
      return turn === undefined ? [] : [{ name, turn }];
    });
  };
}
