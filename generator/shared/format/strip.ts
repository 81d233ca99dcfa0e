/**
 * A text without some characters at its ends. Takes time in proportion to the text; a pattern such as `/[\s.]+$/` begins again at
 * each of them, which takes the square of it.
 * @param before one character that goes at the start; @param after one that goes at the end
 */
export function strip(text: string, before: RegExp | undefined, after: RegExp): string {
  let [from, to] = [0, text.length];
  while (before && from < to && before.test(text[from] as string)) from++;
  while (to > from && after.test(text[to - 1] as string)) to--;
  return text.slice(from, to);
}
