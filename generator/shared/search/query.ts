import { readQueryText } from './query-text.ts';
import { wordsOf } from './terms.ts';

/** A word that a call must have. */
export interface QueryWord {
  term: string;
  /** "start": terms that begin so, too. "exact": no other form of the word either; "part": so, and it belongs to a phrase. */
  as: 'word' | 'start' | 'exact' | 'part';
}

/** What calls must have, and what they must not. */
export interface Query {
  words: QueryWord[];
  /** Terms that follow one another in one turn, which the index does not know: all of them are among `words`. */
  phrases: string[][];
  without: { words: QueryWord[]; phrases: string[][] };
  /** Terms of filters; of each group a call has one at least. */
  filters: string[][];
  /** Local days, both ends included. */
  from?: string | undefined;
  to?: string | undefined;
}

/** Letters from which on the last word may be the start of others. */
const START = 2;

/** What a typed text asks for, without what else narrows it. */
export function readQuery(text: string): Pick<Query, 'words' | 'phrases' | 'without'> {
  const { words, phrases, without, open } = readQueryText(text);
  const terms = words.flatMap(wordsOf);
  const last = open && wordsOf(words.at(-1) ?? '').length > 0 ? terms.length - 1 : -1;
  const quoted = phrases.map(wordsOf);
  return {
    words: [
      ...terms.map((term, i): QueryWord => ({ term, as: i === last && term.length >= START ? 'start' : 'word' })),
      ...quoted.flatMap((phrase) =>
        phrase.map((term): QueryWord => ({ term, as: isPhrase(phrase) ? 'part' : 'exact' })),
      ),
    ],
    phrases: quoted.filter(isPhrase),
    without: {
      words: [
        ...without.words.flatMap(wordsOf).map((term): QueryWord => ({ term, as: 'word' })),
        ...without.phrases
          .map(wordsOf)
          .filter((phrase) => !isPhrase(phrase))
          .flat()
          .map((term): QueryWord => ({ term, as: 'exact' })),
      ],
      phrases: without.phrases.map(wordsOf).filter(isPhrase),
    },
  };
}

/** One word alone follows nothing: the index knows it. */
const isPhrase = ({ length }: readonly string[]): boolean => length > 1;

/** Whether a query asks for anything that was said, or not said. */
export const asksForWords = ({ words, without }: Pick<Query, 'words' | 'without'>): boolean =>
  words.length + without.words.length + without.phrases.length > 0;
