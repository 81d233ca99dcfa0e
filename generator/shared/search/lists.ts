// Lists of numbers of calls: ascending, none twice.

/** Those in any of some lists. */
export function anyOf(lists: readonly (readonly number[])[]): readonly number[] {
  const [only = []] = lists;
  if (lists.length <= 1) return only;
  return Array.from(new Set(lists.flat())).sort((a, b) => a - b);
}

/** Those in two lists. */
export const both = (a: readonly number[], b: readonly number[]): readonly number[] =>
  sift(a.length <= b.length ? a : b, a.length <= b.length ? b : a, true);

/** Those in the first list that are not in the other. */
export const except = (a: readonly number[], b: readonly number[]): readonly number[] => sift(a, b, false);

function sift(list: readonly number[], other: readonly number[], wanted: boolean): readonly number[] {
  let at = 0;
  return list.filter((number) => {
    while (at < other.length && (other[at] as number) < number) at++;
    return (other[at] === number) === wanted;
  });
}
