import { wordsOf } from '#shared/search/terms.ts';
import type { Party, Turn } from '../ports.ts';
import { BREAK } from './match.ts';

/** Words as they were said, one after the other. */
export interface Spoken {
  words: string[];
  /** Of each word: the turn's index, its place among the turn's pieces between spaces, and about when it was said. */
  places: { turn: number; piece: number; at: number }[];
}

/** Seconds between two turns of one party that may still be one sentence: the other has only said "yes". */
const STILL = 3;
/** Of longer turns an excerpt is quoted, with so many words before and after. */
const [LONGEST, AROUND] = [40, 12];

/**
 * The words of some turns. What somebody says after a word of the other's follows on; after a longer break a sentence does not go on.
 * @param parties whose words count
 */
export function spokenBy(turns: readonly Turn[], parties: readonly (Party | 'unknown')[]): Spoken {
  const spoken: Spoken = { words: [], places: [] };
  let last: Turn | undefined;
  for (const [turn, each] of turns.entries()) {
    if (!parties.includes(each.speaker)) continue;
    if (last && (each.start - last.end > STILL || last.speaker !== each.speaker))
      add(spoken, BREAK, turn, 0, each.start);
    const pieces = piecesOf(each);
    for (const [piece, text] of pieces.entries()) {
      const at = each.start + ((each.end - each.start) * piece) / pieces.length;
      for (const word of wordsOf(text)) add(spoken, word, turn, piece, at);
    }
    last = each;
  }
  return spoken;
}

/** The words that were said between two times. */
export function between({ words, places }: Spoken, from: number, to: number): Spoken {
  const kept = places.map(({ at }) => at >= from && at <= to);
  return { words: words.filter((_, i) => kept[i]), places: places.filter((_, i) => kept[i]) };
}

/** A turn's text, or of a long one the part about a word. */
export function excerpt(turn: Turn, piece: number): string {
  const pieces = piecesOf(turn);
  if (pieces.length <= LONGEST) return turn.text;
  return pieces.slice(Math.max(0, piece - AROUND), piece + LONGEST - AROUND).join(' ');
}

const piecesOf = ({ text }: Turn): string[] => text.split(/\s+/).filter(Boolean);

function add({ words, places }: Spoken, word: string, turn: number, piece: number, at: number): void {
  words.push(word);
  places.push({ turn, piece, at });
}
