import { isBlob, type Manifest, type SiteFiles } from '../manifest.ts';
import type { Inventory } from '../names/inventory.ts';
import { minus, plus, sumOf } from './sums.ts';

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
  let rest = lies.sum;
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
