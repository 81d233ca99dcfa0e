/** What somebody typed, in its parts; each is still as typed. */
export interface QueryText {
  words: string[];
  /** What stood in quotes. */
  phrases: string[];
  /** What a call must not have: words and phrases after a "-". */
  without: { words: string[]; phrases: string[] };
  /** The last word may go on: nothing stands after it. */
  open: boolean;
}

/** Quotes of any keyboard open and close a phrase. */
const QUOTES = '"“”„‟«»「」『』';
const PART = new RegExp(`[-−]?[${QUOTES}][^${QUOTES}]*[${QUOTES}]?|[^\\s${QUOTES}]+`, 'gu');
const MINUS = /^[-−](?=.)/su;
const QUOTE = new RegExp(`[${QUOTES}]`, 'gu');

/**
 * The parts of a text: `refund "next week" -cheque` asks for calls with the word and the phrase, and without the other word. A quote
 * that is not closed holds up to the end; a hyphen inside a word takes nothing away.
 */
export function readQueryText(text: string): QueryText {
  const query: QueryText = { words: [], phrases: [], without: { words: [], phrases: [] }, open: false };
  for (const { 0: part, index } of text.matchAll(PART)) {
    const own = part.replace(MINUS, '');
    const place = own === part ? query : query.without;
    const phrase = own.replace(QUOTE, '');
    if (phrase === own) place.words.push(own);
    else place.phrases.push(phrase.trim());
    query.open = place === query && phrase === own && index + part.length === text.length;
  }
  query.phrases = query.phrases.filter(Boolean);
  query.without.phrases = query.without.phrases.filter(Boolean);
  return query;
}
