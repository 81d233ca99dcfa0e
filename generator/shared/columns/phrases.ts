/** Which phrases calls say, by column. */
export interface PhraseColumns {
  /** The calls in which phrases could be looked for: "1", or "-". */
  heard: string;
  /** Phrase → the calls that say it, in the same way. */
  said: { name: string; calls: string }[];
}

/** @param calls names of the phrases of each; undefined: it could have none @returns undefined where none could */
export function packPhrases(calls: readonly (readonly string[] | undefined)[]): PhraseColumns | undefined {
  if (calls.every((phrases) => phrases === undefined)) return undefined;
  const names = [...new Set(calls.flatMap((phrases = []) => phrases))].sort();
  return {
    heard: marks(calls.map((phrases) => phrases !== undefined)),
    said: names.map((name) => ({ name, calls: marks(calls.map((phrases) => phrases?.includes(name) === true)) })),
  };
}

const marks = (list: readonly boolean[]): string => list.map((is) => (is ? '1' : '-')).join('');

/** The phrases of one call, sorted. */
export const phrasesAt = ({ heard, said }: PhraseColumns, place: number): string[] | undefined =>
  heard[place] === '1' ? said.filter(({ calls }) => calls[place] === '1').map(({ name }) => name) : undefined;
