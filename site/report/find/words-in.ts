import { wordsOf } from '#shared/search/terms.ts';

/** A word of a text as it is searched, and where it stands: from, and up to but without. */
export interface Word {
  term: string;
  from: number;
  to: number;
}

const BETWEEN_SPACES = /\S+/gu;
const RUN = /[\p{L}\p{N}][\p{L}\p{N}\p{M}'\u2018\u2019\u02bc\uff07]*/gu;

/** The words of a text, as the index has them, with their places. */
export const wordsIn = (text: string): Word[] =>
  Array.from(text.matchAll(BETWEEN_SPACES)).flatMap(({ 0: chunk, index }) => {
    const terms = wordsOf(chunk);
    const runs = Array.from(chunk.matchAll(RUN)).flatMap(({ 0: run, index: at }) => placed(run, index + at));
    // A sign that is written out as letters belongs to what it stands beside: then the places are those of all between two spaces.
    const isSame = runs.length === terms.length && runs.every(({ term }, i) => term === terms[i]);
    return isSame ? runs : terms.map((term) => ({ term, from: index, to: index + chunk.length }));
  });

function placed(run: string, at: number): Word[] {
  const whole = wordsOf(run).map((term): Word => ({ term, from: at, to: at + run.length }));
  if (whole.length < 2) return whole;
  // Written without spaces: each word has its own place, where it is the same word alone.
  let from = at;
  const alone: Word[] = [];
  for (const { term } of whole) {
    const length = run.startsWith(term, from - at) ? term.length : 0;
    alone.push({ term, from, to: from + length });
    from += length;
  }
  return alone.every(({ from: start, to }) => to > start) ? alone : whole;
}
