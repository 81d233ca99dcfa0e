/**
 * The one order of terms, for the build and for browsers: by UTF-16 code units, which is how JavaScript compares texts. It is not that of
 * UTF-8 above U+FFFF, so terms are never compared as bytes.
 */
export const compareTerms = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The first place of a sorted list whose value is not below a term. @param at value at a place */
export function firstNotBelow(length: number, at: (place: number) => string, term: string): number {
  let [low, high] = [0, length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (at(middle) < term) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The shortest beginning of a term that is above the one before it; never half a sign. */
export function dividerOf(before: string, term: string): string {
  let length = 1;
  while (length < term.length && (term.slice(0, length) <= before || !term.slice(0, length).isWellFormed())) length++;
  return term.slice(0, length);
}
