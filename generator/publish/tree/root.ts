import { encodeText, squeeze, stableJson } from '../../lib/bytes.ts';
import { Damaged } from '../../lib/errors.ts';
import type { Family, Manifest, PartAt } from '../manifest.ts';

/** Where all parts of a build lie: as many a family as its bits make, in order; undefined: one without files. */
export type PartLists = { readonly [family in Family]: readonly (PartAt | undefined)[] };

/** A manifest without its parts. */
export type Root = Omit<Manifest, 'files'> & { version: 2; lists: PartLists };

/** As it lies there: JSON, packed, since most of it are hashes in hex. Older versions did not pack it. */
export const encodeRoot = (root: Root): Uint8Array => squeeze(encodeText(stableJson(storedRoot(root))));

/** What is in it: a line a part, of its blob, bytes, files and their sum; "" for one without files. */
export type StoredRoot = Omit<Root, 'lists'> & { [family in Family]: string[] };

export const storedRoot = ({ lists, ...rest }: Root): StoredRoot => ({
  ...rest,
  calls: lists.calls.map(lineOf),
  site: lists.site.map(lineOf),
});

/** Whether it has a list of parts for each family, which are as many as bits make. */
export const hasLists = ({ calls, site }: Partial<StoredRoot>): boolean =>
  [calls, site].every((lines: unknown) => Array.isArray(lines) && Number.isInteger(Math.log2(lines.length)));

/** @param key whole, for the message @throws {Damaged} where a line is none */
export function rootOf({ calls, site, ...rest }: StoredRoot, key: string): Root {
  const listOf = (lines: readonly string[]) => lines.map((line) => partAt(line, key));
  return { ...rest, lists: { calls: listOf(calls), site: listOf(site) } };
}

const lineOf = (part: PartAt | undefined): string =>
  part ? [part.blob, part.size, part.files, part.sum.toString(36)].join(' ') : '';

const LINE = /^(blobs\/[0-9a-f]{64}\.\d{1,15}) (\d{1,15}) (\d{1,15}) ([0-9a-z]{1,11})$/;

/** What a line tells; undefined where there are no files. @throws {Damaged} where it is none */
export function partAt(line: string | undefined, key: string): PartAt | undefined {
  if (line === '') return undefined;
  const [, blob, size, files, sum] = LINE.exec(String(line)) ?? [];
  if (blob === undefined) throw new Damaged(`damaged manifest: ${key}`);
  return { blob, size: Number(size), files: Number(files), sum: Number.parseInt(sum ?? '', 36) };
}
