import { wordsOf } from '#shared/search/terms.ts';
import type { Turn } from '../ports.ts';
import { findWords } from './match.ts';

/** How much of a quote must have been said. */
const ALIKE = 0.8;
/** Of longer quotes, in words, every word must be right. */
const LONGEST = 300;
/** Whom a model names before what was said. */
const LABEL = /^ ?\[?(?:agent|customer|caller|unknown|speaker ?\d{0,3}|spk_\d{1,3})\]? ?:/i;
const ELLIPSIS = /…|\.{3,}/;

/**
 * The turn in which a quote was said: without case, accents and punctuation, and with at most one word in five wrong, missing or too many; a "not"
 * more or less is never the same. Where a quote leaves something out (…), its parts must stand in one turn, in their order.
 * @returns the turn that fits best, then the earliest; undefined where it was not said
 */
export function findQuote(quote: string, turns: readonly Turn[]): Turn | undefined {
  const parts = quote
    .replaceAll(/\s+/g, ' ')
    .replace(LABEL, '')
    .split(ELLIPSIS)
    .map(wordsOf)
    .filter((words) => words.length > 0);
  const length = parts.reduce((sum, words) => sum + words.length, 0);
  if (length === 0) return undefined;
  const most = length > LONGEST ? 0 : Math.floor(length * (1 - ALIKE) + 1e-9);
  let best: { turn: Turn; errors: number } | undefined;
  for (const turn of turns) {
    const errors = errorsIn(parts, wordsOf(turn.text), most);
    if (errors !== undefined && (!best || errors < best.errors)) best = { turn, errors };
    if (best?.errors === 0) break;
  }
  return best?.turn;
}

/** Errors of all parts, one behind the other; undefined: more than `most`. */
function errorsIn(parts: readonly string[][], words: readonly string[], most: number): number | undefined {
  let [errors, from] = [0, 0];
  for (const part of parts) {
    const found =
      most === 0 && part.length > LONGEST
        ? exactly(part, words, from)
        : findWords(part, words.slice(from), most - errors);
    if (!found) return undefined;
    errors += found.errors;
    from += found.to;
  }
  return errors;
}

function exactly(
  part: readonly string[],
  words: readonly string[],
  from: number,
): { to: number; errors: number } | undefined {
  for (let i = from; i + part.length <= words.length; i++)
    if (part.every((word, k) => words[i + k] === word)) return { to: i + part.length - from, errors: 0 };
  return undefined;
}
