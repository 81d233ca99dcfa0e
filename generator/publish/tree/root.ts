import { Damaged } from '../../lib/errors.ts';
import type { Family, Manifest, PartAt } from '../manifest.ts';

/** Where all parts of a build lie: as many a family as its bits make, in order; undefined: one without files. */
export type PartLists = { readonly [family in Family]: readonly (PartAt | undefined)[] };

/** A manifest without its parts. */
export type Root = Omit<Manifest, 'files'> & { version: 2; lists: PartLists };

/** As it is stored: a line a part, of its blob, bytes, files and their sum; "" for one without files. */
export type StoredRoot = Omit<Root, 'lists'> & { [family in Family]: string[] };

export const storedRoot = ({ lists, ...rest }: Root): StoredRoot => ({
  ...rest,
  calls: lists.calls.map(lineOf),
  site: lists.site.map(lineOf),
});

/** @param key whole, for the message @throws {Damaged} where it tells of no parts */
export function rootOf({ calls, site, ...rest }: StoredRoot, key: string): Root {
  return { ...rest, lists: { calls: listOf(calls, key), site: listOf(site, key) } };
}

const lineOf = (part: PartAt | undefined): string =>
  part ? [part.blob, part.size, part.files, part.sum.toString(36)].join(' ') : '';

const LINE = /^(blobs\/[0-9a-f]{64}\.\d{1,15}) (\d{1,15}) (\d{1,15}) ([0-9a-z]{1,11})$/;

function listOf(lines: unknown, key: string): (PartAt | undefined)[] {
  if (!Array.isArray(lines) || !Number.isInteger(Math.log2(lines.length)))
    throw new Damaged(`damaged manifest: ${key}`);
  return lines.map((line) => {
    if (line === '') return undefined;
    const [, blob, size, files, sum] = LINE.exec(String(line)) ?? [];
    if (blob === undefined) throw new Damaged(`damaged manifest: ${key}`);
    return { blob, size: Number(size), files: Number(files), sum: Number.parseInt(sum ?? '', 36) };
  });
}
