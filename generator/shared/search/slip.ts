/** Letters from which on a word may hold one slip of the finger, and from which on two. */
const ONE_SLIP = 4;
const TWO_SLIPS = 8;

/** How many slips a word may hold; 0 for a short one, which would be another word. */
export const slipsIn = (word: string): number => {
  const { length } = Array.from(word);
  return length < ONE_SLIP ? 0 : length < TWO_SLIPS ? 1 : 2;
};

/**
 * How many slips make one word of the other: a letter too much, too few or another, or two that changed places (Damerau and
 * Levenshtein, no letter touched twice).
 * @param most more than these are not told apart: the answer is then `most + 1`
 */
export function slips(a: string, b: string, most: number): number {
  const [x, y] = [Array.from(a), Array.from(b)];
  if (Math.abs(x.length - y.length) > most) return most + 1;
  let before: number[] = [];
  let last = Array.from({ length: y.length + 1 }, (_, j) => j);
  for (const [i, letter] of x.entries()) {
    const row = [i + 1];
    for (const [j, other] of y.entries()) {
      const isSame = letter === other ? 0 : 1;
      let least = Math.min((last[j + 1] as number) + 1, (row[j] as number) + 1, (last[j] as number) + isSame);
      if (i > 0 && j > 0 && letter === y[j - 1] && x[i - 1] === other)
        least = Math.min(least, (before[j - 1] as number) + 1);
      row.push(least);
    }
    if (Math.min(...row) > most) return most + 1;
    [before, last] = [last, row];
  }
  return Math.min(last[y.length] as number, most + 1);
}
