import { packTexts, type TextColumn, unpackTexts } from './columns.ts';

/** What a model wrote about a call. */
export interface CallWords {
  summary?: string;
}

/** Words on the calls of one month, in the order of its calls: `data/words/<month>.json`, `data/words/undated.json`. */
export interface WordColumns {
  /** That of the calls which they belong to: the two files may have been fetched before and after a new site. */
  stamp: string;
  summaries: TextColumn;
}

export const encodeWords = (words: readonly CallWords[], stamp: string): WordColumns => ({
  stamp,
  summaries: packTexts(words.map(({ summary }) => summary)),
});

export const decodeWords = ({ summaries }: WordColumns): CallWords[] =>
  unpackTexts(summaries).map((summary) => ({ summary }));
