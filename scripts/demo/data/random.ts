/** A stream of chance that depends on its keys alone: the same keys always give the same draws. */
export interface Random {
  /** 0 ≤ n < 1. */
  next(): number;
  /** A whole number from `low` to `high`, both included. */
  int(low: number, high: number): number;
  /** A number from `low` to `high`. */
  between(low: number, high: number): number;
  chance(probability: number): boolean;
  pick<T>(from: readonly T[]): T;
  /** One of `from`, each as likely as its weight says. */
  weighted<T>(from: readonly T[], weight: (item: T) => number): T;
  /** Bell-shaped around 0, almost always within -3..3. */
  bell(): number;
  /** Lower-case hex digits. */
  hex(length: number): string;
}

/** @param keys What the stream belongs to. e.g., (1, "org_2demo", "2026-03-30", 4, "turns") */
export function random(...keys: (string | number)[]): Random {
  const next = mulberry32(hash(keys.join('\u0000')));
  const between = (low: number, high: number): number => low + (high - low) * next();
  const int = (low: number, high: number): number => low + Math.floor((high - low + 1) * next());
  return {
    next,
    between,
    int,
    chance: (probability) => next() < probability,
    pick: (from) => at(from, int(0, from.length - 1)),
    weighted(from, weight) {
      let left = from.reduce((sum, item) => sum + weight(item), 0) * next();
      for (const item of from) {
        left -= weight(item);
        if (left < 0) return item;
      }
      return at(from, from.length - 1);
    },
    bell: () => (next() + next() + next() + next() + next() + next() - 3) * Math.SQRT2,
    hex: (length) => Array.from({ length }, () => int(0, 15).toString(16)).join(''),
  };
}

/** The item at `index`. @throws where there is none: a table is empty. */
export function at<T>(from: readonly T[], index: number): T {
  if (index < 0 || index >= from.length) throw new Error(`index out of range: ${index} of ${from.length}`);
  return from[index] as T;
}

/** FNV-1a over UTF-16 units, stirred so that keys differing in one character start far apart. */
function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** Numbers from 0 to 1, the same for the same seed. */
export function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
