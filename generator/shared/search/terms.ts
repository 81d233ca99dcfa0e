/** Longer words are cut, in code units: nobody types as many. */
const LONGEST_WORD = 40;
/** Of a filter's value, in code units. */
const LONGEST_VALUE = 200;

/** What calls are filtered by beside their words. */
export type FilterKind = 'agent' | 'failed' | 'passed' | 'qa' | 'topic' | 'transcript';

/** What no word begins with; it sorts before all of them. */
const MARK = '!';

/** Half a sign, which UTF-8 cannot write. */
const HALF = /\p{Surrogate}/gu;

/**
 * The term of a filter: `!agent:<id>` ("" where the agent is unknown), `!failed:<rule>` and `!passed:<rule>` by the rule's identity,
 * `!qa:<QaResult>`, `!topic:<as it is shown>`, `!transcript:present` or `!transcript:absent`.
 */
export const filterTerm = (kind: FilterKind, value: string): string =>
  `${MARK}${kind}:${cut(value.replace(HALF, '\ufffd').replace(/\s+/g, ' ').trim(), LONGEST_VALUE)}`;

/** Whether a term is a word that was said, and no filter. */
export const isWord = (term: string): boolean => !term.startsWith(MARK);

/**
 * The words of a text as they are searched: without case, accents and marks of width, in the order in which they stand. Marks that write a
 * vowel (of Thai, Hindi) stay. Of an apostrophe only the endings of English are one word with what is before: "don't" is "dont", and
 * "l'eau" is "l" and "eau". Where no spaces are written, words are those of `Intl.Segmenter`.
 */
export function wordsOf(text: string): string[] {
  const plain = folded(text);
  const words: string[] = [];
  for (const word of plain.match(WORD) ?? []) {
    if (!SPACELESS.test(word)) words.push(cut(word, LONGEST_WORD));
    else for (const part of segmented(word)) words.push(cut(part, LONGEST_WORD));
  }
  return words;
}

const WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu;

/** Scripts without spaces between words. */
const SPACELESS =
  /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

const ASCII = /^[\0-\x7f]*$/;
/** Accents, and what joins letters; not the marks by which Japanese tells sounds apart, nor that of the Russian "й". */
const ACCENTS = /(\u0438\u0306)|(?![\u3099\u309a])\p{Script=Inherited}/gu;
const ENDING = /['\u2018\u2019\u02bc\uff07](?=(?:s|t|d|m|re|ve|ll)(?![\p{L}\p{N}]))/gu;

function folded(text: string): string {
  const lower = text.toLowerCase();
  if (ASCII.test(text)) return lower.replace(ENDING, '');
  const plain = text.normalize('NFKC').toLowerCase().normalize('NFKD').replace(ACCENTS, '$1').normalize('NFC');
  return plain.replaceAll('ς', 'σ').replace(ENDING, '');
}

// Firefox has it from 125 on: before, what is written without spaces is one word to a search, and is found from its beginning.
const { Segmenter } = Intl as Partial<typeof Intl>;
let segmenter: Intl.Segmenter | undefined;

function segmented(run: string): string[] {
  segmenter ??= Segmenter && new Segmenter('en', { granularity: 'word' });
  if (!segmenter) return [run];
  return [...segmenter.segment(run)].flatMap(({ segment, isWordLike }) => (isWordLike ? segment : []));
}

/** Never between the two halves of one sign. */
function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  const isHalf = /[\ud800-\udbff]/.test(text.charAt(length - 1));
  return text.slice(0, isHalf ? length - 1 : length);
}
