import { sha256 } from '../../lib/bytes.ts';

/**
 * So many of a list, all where it has no more.
 * @param turn decides which: the same turn, the same ones
 */
export function sampleOf<T>(list: readonly T[], size: number, turn: string): T[] {
  if (list.length <= size) return [...list];
  const at = (i: number) => Number.parseInt(sha256(`${turn} ${i}`).slice(0, 12), 16) % list.length;
  return [...new Set(Array.from({ length: size }, (_, i) => at(i)))].map((i) => list[i] as T);
}
