/** Where a rule's quote was said. */
export interface QuotePlace {
  /** Index of the turn. */
  turn: number;
  /** Characters of the turn's text: from, and up to but without. */
  from: number;
  to: number;
}

/** Words in lower case with one space around each, and where each begins and ends in the original. */
interface Words {
  text: string; // e.g., " thank you "
  from: number[];
  to: number[];
}

/**
 * Looks quotes up in one transcript, whatever their case, spacing and punctuation. A model shortens quotes with dots; then
 * the longest piece of two words or more is looked for. The finder gives undefined where a quote was not said in one turn.
 * (A pattern made of each quote would be shorter, but compiling it costs more than rendering the page.)
 */
export function quoteFinder(turns: string[]): (quote: string) => QuotePlace | undefined {
  let said: Words[] | undefined;

  function place(quote: Words): QuotePlace | undefined {
    if (quote.from.length === 0) return undefined;
    said ??= turns.map(wordsOf);
    for (const [turn, words] of said.entries()) {
      const at = words.text.indexOf(quote.text);
      if (at === -1) continue;
      const first = spaces(words.text, at);
      const [from, to] = [words.from[first], words.to[first + quote.from.length - 1]];
      if (from !== undefined && to !== undefined) return { turn, from, to };
    }
    return undefined;
  }

  return (quote) => {
    const whole = place(wordsOf(quote));
    if (whole) return whole;
    const pieces = quote.split(/\.{3,}|…/).map(wordsOf);
    if (pieces.length === 1) return undefined;
    const longest = pieces.reduce((a, b) => (b.from.length > a.from.length ? b : a));
    return longest.from.length > 1 ? place(longest) : undefined;
  };
}

const word = /[\p{L}\p{N}\p{M}]+/gu;

function wordsOf(original: string): Words {
  const words: Words = { text: ' ', from: [], to: [] };
  for (const match of original.matchAll(word)) {
    words.text += `${match[0].toLowerCase()} `;
    words.from.push(match.index);
    words.to.push(match.index + match[0].length);
  }
  return words;
}

/** How many spaces stand before a place. */
function spaces(text: string, before: number): number {
  let n = 0;
  for (let at = text.indexOf(' '); at !== -1 && at < before; at = text.indexOf(' ', at + 1)) n++;
  return n;
}
