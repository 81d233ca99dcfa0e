import type { Turn } from '../ports.ts';

/** What a service that scores single texts is asked: short texts of one speaker each. */

/** In code units: it may be that no more of a text is looked at than 500 of them. */
const MOST_CHARACTERS = 450;
/** In UTF-8: the service takes 5,000. */
const MOST_BYTES = 4_900;

/**
 * Texts of at most 450 characters and 4,900 bytes, each of one speaker, in the order of each speaker's turns. Short turns go together, as a
 * service has a least price a text; a turn is cut only where it is longer than that.
 */
export function chunksOf(turns: readonly Turn[]): string[] {
  const speakers = new Map<string, string[]>();
  for (const { speaker, text } of turns) {
    const own = speakers.get(speaker) ?? [];
    speakers.set(speaker, own);
    for (const piece of cutText(text.toWellFormed())) {
      if (piece.trim() === '') continue;
      const joined = `${own.at(-1) ?? ''} ${piece.trim()}`;
      if (own.length > 0 && fits(joined)) own[own.length - 1] = joined;
      else own.push(piece.trim());
    }
  }
  return [...speakers.values()].flat();
}

/**
 * Cut a text between words; a word that is too long, between the signs that a reader sees; such a sign, between code points.
 * @returns pieces that are the text again when they are put together
 */
export function cutText(text: string): string[] {
  if (fits(text)) return text === '' ? [] : [text];
  const pieces: string[] = [];
  let piece = '';
  const add = (part: string, smaller: readonly ((text: string) => Iterable<string>)[]): void => {
    if (fits(piece + part)) {
      piece += part;
      return;
    }
    const [cut, ...rest] = smaller;
    if (fits(part) || !cut) {
      if (piece !== '') pieces.push(piece);
      piece = part;
      return;
    }
    for (const each of cut(part)) add(each, rest);
  };
  for (const word of text.match(/\S+\s*|\s+/g) ?? []) add(word, [signsOf, (sign) => sign]);
  if (piece !== '') pieces.push(piece);
  return pieces;
}

const fits = (text: string): boolean => text.length <= MOST_CHARACTERS && Buffer.byteLength(text) <= MOST_BYTES;

const SIGNS = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

function* signsOf(text: string): Generator<string> {
  for (const { segment } of SIGNS.segment(text)) yield segment;
}
