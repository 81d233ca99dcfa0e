import { generationIn, type Manifest, type SiteFiles } from '../manifest.ts';
import type { Inventory } from '../start.ts';
import { minus, plus, sumOf } from './sums.ts';

/** Of all blobs of a listing; one that was added up is not added up again. */
const totals = new WeakMap<Inventory, number>();

/** Whether a key inside the organization is that of a blob as runs name them. */
export const isBlob = (key: string): boolean => key.startsWith('blobs/') && generationIn(key) !== undefined;

/** Blobs that a manifest names without its parts being read. */
export const namedIn = ({ files, state = {} }: Manifest): string[] => [
  ...[...files.parts()].flatMap(({ at }) => at?.blob ?? []),
  ...Object.keys(state),
];

/**
 * Whether the blobs that lie there are exactly those of a build's files, each with its size, beside some that are named. The sums that
 * the manifest has of its parts tell it: no part is read.
 * @param beside keys inside the organization, which may lie there or not
 */
export function isTold(lies: Inventory, files: SiteFiles, beside: Iterable<string>): boolean {
  let rest = totalOf(lies);
  for (const key of new Set(beside)) {
    const object = isBlob(key) ? lies.get(key) : undefined;
    if (object) rest = minus(rest, sumOf(key, object.size));
  }
  let sum = 0;
  for (const { at } of files.parts()) {
    if (!at) return false;
    sum = plus(sum, at.sum);
  }
  return rest === sum;
}

function totalOf(lies: Inventory): number {
  const known = totals.get(lies);
  if (known !== undefined) return known;
  let total = 0;
  for (const [key, { size }] of lies) if (isBlob(key)) total = plus(total, sumOf(key, size));
  totals.set(lies, total);
  return total;
}
