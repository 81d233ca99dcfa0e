import { wordsOf } from '#shared/search/terms.ts';
import type { Turn } from '../ports.ts';
import { findQuote } from './evidence.ts';

/**
 * What was said of a quote, in the words of the transcript: the quote itself where it stands there, else the place of the turn that it fits.
 * @returns undefined where nobody said it
 */
export function saidOf(quote: string, turns: readonly Turn[]): string | undefined {
  const turn = findQuote(quote, turns);
  if (!turn) return undefined;
  const wanted = wordsOf(quote);
  if (` ${wordsOf(turn.text).join(' ')} `.includes(` ${wanted.join(' ')} `)) return quote.trim();
  return alike(turn.text, wanted);
}

/** As many words of the text as are wanted, where most of them are the same. */
function alike(text: string, wanted: readonly string[]): string {
  const words = text.trim().split(/\s+/);
  const length = Math.min(words.length, wanted.length);
  const isWanted = new Set(wanted);
  const hits = words.map((word) => (wordsOf(word).some((part) => isWanted.has(part)) ? 1 : 0));
  let sum = hits.slice(0, length).reduce<number>((all, hit) => all + hit, 0);
  let best = { from: 0, sum };
  for (let from = 1; from + length <= words.length; from++) {
    sum += (hits[from + length - 1] ?? 0) - (hits[from - 1] ?? 0);
    if (sum > best.sum) best = { from, sum };
  }
  return words.slice(best.from, best.from + length).join(' ');
}
