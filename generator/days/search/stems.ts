import { createRequire } from 'node:module';
import { leadOf } from '#shared/search/stem.ts';

/** Languages whose words are found in all their forms: ISO 639-1 → the name of its stemmer. */
const STEMMERS = {
  ...{
    ar: 'arabic',
    ca: 'catalan',
    cs: 'czech',
    da: 'danish',
    de: 'german',
    en: 'english',
    es: 'spanish',
    eu: 'basque',
  },
  ...{ fi: 'finnish', fr: 'french', ga: 'irish', hu: 'hungarian', hy: 'armenian', it: 'italian', nb: 'norwegian' },
  ...{ nl: 'dutch', nn: 'norwegian', no: 'norwegian', pt: 'portuguese', ro: 'romanian', ru: 'russian', sl: 'slovene' },
  ...{ sv: 'swedish', ta: 'tamil', tr: 'turkish' },
};

interface Stemmer {
  stem(word: string): string;
}

/** Words whose stems are held: those that are said every day. */
const HELD = 200_000;

/** From a word to its stem: the word itself where the language is not known, and where the stem does not begin as it does. */
export function openStems(language: string): (word: string) => string {
  const name = Object.hasOwn(STEMMERS, language) ? STEMMERS[language as keyof typeof STEMMERS] : undefined;
  if (name === undefined) return (word) => word;
  let stemmer: Stemmer | undefined;
  let held = new Map<string, string>();
  return (word) => {
    if (!/^\p{L}+$/u.test(word)) return word;
    const known = held.get(word);
    if (known !== undefined) return known;
    // Nearly a megabyte of code, for which a run without new words has no use.
    stemmer ??= load(name);
    const made = stemmer.stem(word);
    const stem = made !== '' && word.startsWith(leadOf(made)) ? made : word;
    if (held.size >= HELD) held = new Map();
    held.set(word, stem);
    return stem;
  };
}

const require = createRequire(import.meta.url);

const load = (name: string): Stemmer =>
  (require('snowball-stemmers') as { newStemmer(of: string): Stemmer }).newStemmer(name);
