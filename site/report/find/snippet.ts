import type { Said } from './search-request.ts';
import type { Word } from './words-in.ts';

/** One turn of a call, as its page has it. */
export interface SpokenTurn {
  /** On that page. */
  id: string; // e.g., "t-12"
  who: string; // e.g., "Customer"
  text: string;
  words: readonly Word[];
}

/** What is looked for in the turns of a call. */
export interface Wanted {
  /** One test a word: whether a term is that word, or one that it may go on to be. */
  words: readonly ((term: string) => boolean)[];
  /** Terms that have to follow one another in one turn. */
  phrases: readonly (readonly string[])[];
  /** Phrases that no turn may have. */
  without: readonly (readonly string[])[];
  /** Whose turns count; absent: everybody's. */
  by?: Said | undefined;
}

/** A stretch of text; marked where it is what somebody looks for. */
interface Piece {
  text: string;
  marked: boolean;
}

/** The turn that shows best why a call was found. */
export interface Snippet {
  turn: string; // e.g., "t-12"
  who: string;
  pieces: Piece[];
}

/** What a call's own words say: "unknown": nobody can say which turns are of whom was asked for. */
export type Judgement = { fits: boolean; unknown?: true; snippet?: Snippet };

/** Characters that are shown before the first marked word, and in all. */
const BEFORE = 70;
const LENGTH = 240;

/** Judge a call by what was said in it, and choose what of it is shown. */
export function judge(turns: readonly SpokenTurn[], { words, phrases, without, by }: Wanted): Judgement {
  if (by && !turns.some(({ who }) => isBy(who, by))) return { fits: false, unknown: true };
  const own = by ? turns.filter(({ who }) => isBy(who, by)) : turns;
  const found = own.map((turn) => ({ turn, ...placesIn(turn, words, phrases) }));
  const all = words.length + phrases.length;
  const has = (part: number) => found.some(({ parts }) => parts.has(part));
  // A word that stands in no turn was taken from the index: only who said it, and what follows what, is judged here.
  const judged = Array.from({ length: all }, (_, part) => part).filter((part) => by || part >= words.length);
  if (!judged.every(has)) return { fits: false };
  if (without.some((phrase) => turns.some((turn) => placesOfPhrase(turn.words, phrase).length > 0)))
    return { fits: false };
  const best = found.reduce<(typeof found)[number] | undefined>(
    (now, each) => (each.parts.size > (now?.parts.size ?? 0) ? each : now),
    undefined,
  );
  return { fits: true, ...(best && { snippet: snippetOf(best.turn, best.places) }) };
}

const isBy = (who: string, by: Said): boolean => who.toLowerCase() === by;

type Place = [from: number, to: number];

/** Where a turn has what is looked for, and which parts of it those are. */
function placesIn({ words: said }: SpokenTurn, words: Wanted['words'], phrases: Wanted['phrases']) {
  const parts = new Set<number>();
  const places: Place[] = [];
  for (const { term, from, to } of said)
    for (const [part, fits] of words.entries())
      if (fits(term)) {
        parts.add(part);
        places.push([from, to]);
      }
  for (const [i, phrase] of phrases.entries())
    for (const place of placesOfPhrase(said, phrase)) {
      parts.add(words.length + i);
      places.push(place);
    }
  return { parts, places: merged(places) };
}

function placesOfPhrase(said: readonly Word[], phrase: readonly string[]): Place[] {
  if (phrase.length === 0) return [];
  return said.flatMap(({ from }, at): Place[] =>
    phrase.every((term, i) => said[at + i]?.term === term) ? [[from, (said[at + phrase.length - 1] as Word).to]] : [],
  );
}

/** Places in order, those that overlap as one. */
function merged(places: readonly Place[]): Place[] {
  const list: Place[] = [];
  for (const [from, to] of places.toSorted((a, b) => a[0] - b[0])) {
    const last = list.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else list.push([from, to]);
  }
  return list;
}

/** Of a long turn a stretch from a little before the first marked word on, between whole words. */
function snippetOf({ id, who, text }: SpokenTurn, places: readonly Place[]): Snippet {
  const first = places[0]?.[0] ?? 0;
  const start = first <= BEFORE ? 0 : atWord(text, first - BEFORE, first);
  const last = places[0]?.[1] ?? 0;
  const end = text.length - start <= LENGTH ? text.length : Math.max(last, atWord(text, start + LENGTH, text.length));
  const pieces: Piece[] = [];
  let at = start;
  for (const [from, to] of places) {
    if (to > end) break;
    if (from > at) pieces.push({ text: text.slice(at, from), marked: false });
    pieces.push({ text: text.slice(from, to), marked: true });
    at = to;
  }
  if (at < end) pieces.push({ text: text.slice(at, end).trimEnd(), marked: false });
  if (start > 0) pieces.unshift({ text: '… ', marked: false });
  if (end < text.length) pieces.push({ text: ' …', marked: false });
  return { turn: id, who, pieces };
}

/** The first place at or after one where a word begins; where there is none up to `most`, the place itself, between whole characters. */
function atWord(text: string, at: number, most: number): number {
  const space = text.slice(at, most).search(/\s/);
  if (space >= 0) return at + space + 1;
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code < 0xe000 ? at + 1 : at;
}
