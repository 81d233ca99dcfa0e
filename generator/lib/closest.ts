/** Steps from one word to another: letters put in, left out, replaced, or two changed about. */
export function distance(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      next[j] = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        next[j] = Math.min(next[j] ?? 0, (before[j - 2] ?? 0) + 1);
    }
    before = row;
    row = next;
  }
  return row[b.length] ?? 0;
}

/** A word is looked for without case and what parts words in it. */
const fold = (word: string): string => word.toLowerCase().replaceAll(/[\s_.-]/g, '');

/** The words that were probably meant: those with the fewest steps, a third of the word at most; none where nothing is near. */
export function closest(word: string, words: readonly string[]): string[] {
  const own = fold(word).slice(0, 60);
  const most = Math.min(3, Math.max(1, Math.floor(own.length / 3)));
  const near = words.map((each) => ({ each, steps: distance(own, fold(each)) })).filter(({ steps }) => steps <= most);
  const fewest = Math.min(...near.map(({ steps }) => steps));
  return near.filter(({ steps }) => steps === fewest).map(({ each }) => each);
}
