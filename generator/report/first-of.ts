import type { LimitedList } from '#shared/view.ts';

/** So many of a kind are named one by one: a hundred thousand bad objects make no page of a hundred thousand lines. */
export const MOST_TOLD = 1000;

/** Code → how many. */
export type Codes = Map<string, number>;

export const addCode = (codes: Codes, code: string, n = 1): void => void codes.set(code, (codes.get(code) ?? 0) + n);

/** The first of many in an order, and how many there are of each code; few are held. Those that are equal stay as they came. */
export function firstOf<T extends { code: string }>(order: (a: T, b: T) => number) {
  const first: T[] = [];
  const codes: Codes = new Map();
  const cut = () => {
    first.sort(order);
    first.length = Math.min(first.length, MOST_TOLD);
  };
  return {
    add(item: T): void {
      addCode(codes, item.code);
      first.push(item);
      if (first.length >= 2 * MOST_TOLD) cut();
    },
    end(): { first: T[]; codes: Codes } {
      cut();
      return { first, codes };
    },
  };
}

/** @param codes of all things that there are, whether they have a line or not */
export function limitedList<Line>(lines: readonly Line[], codes: Codes): LimitedList<Line> {
  const told = lines.slice(0, MOST_TOLD);
  const total = [...codes.values()].reduce((sum, n) => sum + n, 0);
  const sorted = [...codes].sort(([a], [b]) => (a < b ? -1 : 1));
  return { lines: told, more: total - told.length, codes: Object.fromEntries(sorted) };
}
