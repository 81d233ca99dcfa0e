/** The words of a text in a form that can be compared, and where each begins and ends in the original. */
export interface Words {
  keys: string[];
  from: number[];
  to: number[];
}

/** Scripts without spaces are compared character by character; "it's" is one word. */
const WORD =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]\p{M}*|(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}])[\p{L}\p{N}\p{M}])+(?:['’][\p{L}\p{M}]+)*/gu;
/** The same for most Western text, and much quicker. */
const PLAIN_WORD = /[a-z0-9]+((?:['’][a-z]+)*)/g;
const PLAIN = /^[\s -~’]*$/;
const ASCII = /^[a-zA-Z0-9]*$/;
/** Accents and points of Latin, Greek, Cyrillic, Hebrew and Arabic, which speech to text may leave out; no vowel of any script. */
const POINTS = /[\u0300-\u036f\u0591-\u05c7\u064b-\u065f'’]/g;

/** Regardless of case, accents, apostrophes and punctuation. */
export function wordsOf(text: string): Words {
  const words: Words = { keys: [], from: [], to: [] };
  const plain = PLAIN.test(text);
  const [searched, pattern] = plain ? [text.toLowerCase(), PLAIN_WORD] : [text, WORD];
  pattern.lastIndex = 0;
  for (let found = pattern.exec(searched); found; found = pattern.exec(searched)) {
    const [word, rest] = found;
    words.keys.push(!plain ? keyOf(word) : rest ? withoutApostrophes(word) : word);
    words.from.push(found.index);
    words.to.push(pattern.lastIndex);
  }
  return words;
}

/** The keys alone, which is quicker: most texts hold nothing of what is looked for. */
export function keysOf(text: string): string[] {
  if (!PLAIN.test(text)) return wordsOf(text).keys;
  const keys = text.toLowerCase().match(PLAIN_WORD) ?? [];
  return /['’]/.test(text) ? keys.map(withoutApostrophes) : keys;
}

/** Of scripts without spaces: a key is one character. */
const CHARACTER =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** How many words the keys stand for; where each is one character, two are taken for a word. */
export const wordCount = (keys: readonly string[]): number =>
  keys.reduce((n, key) => n + (CHARACTER.test(key) ? 1 / 2 : 1), 0);

/** How many words stand between white space, which is what `/\s/` says it is. */
export function spacedWords(text: string): number {
  let words = 0;
  let isInside = false;
  for (let i = 0; i < text.length; i++) {
    const sign = text.charCodeAt(i);
    const isSpace =
      sign <= 0x20 ? sign === 0x20 || (sign >= 9 && sign <= 13) : sign >= 0xa0 && SPACE.test(text[i] as string);
    if (!isSpace && !isInside) words++;
    isInside = !isSpace;
  }
  return words;
}

const SPACE = /\s/;

const withoutApostrophes = (word: string): string => word.replace(/['’]/g, '');

function keyOf(word: string): string {
  if (ASCII.test(word)) return word.toLowerCase();
  // Upper case first: "Straße" and "STRASSE" are one word.
  return word.normalize('NFKD').replace(POINTS, '').toUpperCase().toLowerCase().normalize('NFC');
}

/** Shorter words differ by one letter and mean something else. */
const LETTERS = 5;

export const mayBeMisheard = ({ length }: string): boolean => length >= LETTERS;

/** Long words of which one letter was heard in another way, too much, or not at all. */
export function soundsLike(a: string, b: string): boolean {
  if (a === b) return true;
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (!mayBeMisheard(short) || long.length - short.length > 1) return false;
  let at = 0;
  while (at < short.length && short[at] === long[at]) at++;
  return short.slice(short.length === long.length ? at + 1 : at) === long.slice(at + 1);
}
