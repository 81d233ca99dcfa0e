import { blocksOf } from '../lib/blocks.ts';
import { type Cursor, openCursor } from '../lib/cursor.ts';
import { UserError } from '../lib/errors.ts';
import { say, shownJson } from '../lib/printable.ts';
import type { Spool } from '../lib/spool.ts';
import { type SpooledList, spooledList } from '../lib/spooled.ts';
import { KEYS_IN_RANGE, listInRanges } from '../store/ranges.ts';
import { compareKeys, type Store } from '../store/store.ts';
import { compareIds, inCallOrder } from './call-order.ts';
import { isSheet, keyOf, type ObjectPart, type Part, partOf, partsUnder, prefixes } from './layout.ts';

/** The objects of one call as listed, and its row: part → ETag and size. */
export type Objects = { [P in Part]?: Listed };

/** One object as listed. */
interface Listed {
  etag: string;
  size: number;
  /** When it was written, by the store's clock, in milliseconds since the epoch; absent where the store has none. */
  modified?: number;
}

export type ListedSheet = Listed;

/** One call of which at least one object is there. */
export interface ListedCall {
  id: string;
  objects: Objects;
}

export interface Listing {
  /** In the order of calls. */
  calls: SpooledList<ListedCall>;
  /** Sheets by key below the organization, in order. */
  sheets: Map<string, ListedSheet>;
  /** Keys below the organization that are not of a call, in order. */
  ignored: string[]; // e.g., ["final/v2.0-flat/calls/notes.txt"]
  /** Objects listed. */
  objects: number;
}

/** How many calls the last run knew from some id on: it says only where a listing is cut into ranges, never what is in it. */
export interface KnownRange {
  from: string;
  calls: number;
}

/** Of each kind of object: all of a middling organization, and a few MB of a huge one. */
const HELD = 16_000;

/**
 * List what the pipeline wrote for one organization. The prefix ends in `/`, so `org_1` never reads `org_12`.
 * @param spool holds the calls
 * @param known in the order of calls
 */
export async function listCalls(
  results: Store,
  org: string,
  withMetadata: boolean,
  spool: Spool,
  known: readonly KnownRange[] = [],
): Promise<Listing> {
  const parts = new Map<ObjectPart, SpooledList<Item>>();
  const sheets: Listing['sheets'] = new Map();
  const ignored: string[] = [];
  let objects = 0;
  for (const prefix of prefixes(withMetadata)) {
    for (const part of partsUnder(prefix)) parts.set(part, spooledList(spool, HELD));
    const cuts = results.listRange ? cutsOf(org, prefix, known) : [];
    let last = '';
    for await (const block of blocksOf(listInRanges(results, `${org}/${prefix}`, cuts))) {
      objects += block.length;
      for (const { key, etag, size, modified } of block) {
        if (compareKeys(last, key) > 0) throw outOfOrder(results, last, key);
        last = key;
        const listed = modified === undefined ? { etag, size } : { etag, size, modified };
        const name = key.slice(org.length + 1);
        const found = partOf(name);
        if (found) {
          const written = parts.get(found.part)?.push({ id: found.id, listed });
          if (written !== undefined) await written;
        } else if (isSheet(name)) sheets.set(name, listed);
        else ignored.push(name);
      }
    }
  }
  return { calls: await together(parts, spool), sheets, ignored, objects };
}

/** One object of a call, among those of its kind. */
interface Item {
  id: string;
  listed: Listed;
}

const outOfOrder = ({ url }: Store, last: string, key: string): UserError =>
  new UserError([say`${url} does not list in UTF-8 order: ${shownJson([last, key])}. Use a store that does.`]);

/** Cuts where about as many keys are between two as one range should have. */
function cutsOf(org: string, prefix: string, known: readonly KnownRange[]): string[] {
  const cuts: string[] = [];
  let keys = 0;
  for (const part of partsUnder(prefix)) {
    for (const { from, calls } of known) {
      if (keys >= KEYS_IN_RANGE) {
        cuts.push(`${org}/${keyOf(part, from)}`);
        keys = 0;
      }
      keys += calls;
    }
  }
  return cuts.sort(compareKeys);
}

/** The objects of each call, from lists of objects of one kind. */
async function together(
  parts: ReadonlyMap<ObjectPart, SpooledList<Item>>,
  spool: Spool,
): Promise<SpooledList<ListedCall>> {
  const calls = spooledList<ListedCall>(spool, HELD);
  const cursors: { part: ObjectPart; at: Cursor<Item> }[] = [];
  for (const [part, items] of parts) {
    const isInOrder = keyOf(part, '').endsWith('.jsonl');
    const blocks = isInOrder ? items.blocks() : inCallOrder(items.blocks(), ({ id }) => id);
    cursors.push({ part, at: await openCursor(blocks) });
  }
  for (;;) {
    let next: string | undefined;
    for (const { at } of cursors)
      if (at.head && (next === undefined || compareIds(at.head.id, next) < 0)) next = at.head.id;
    if (next === undefined) return calls;
    const objects: Objects = {};
    for (const { part, at } of cursors) {
      while (at.head?.id === next) {
        objects[part] = at.head.listed;
        const read = at.next();
        if (read !== undefined) await read;
      }
    }
    const written = calls.push({ id: next, objects });
    if (written !== undefined) await written;
  }
}

/** ETags of a call's objects as remembered from the last run. */
export type Etags = { [P in Part]?: string };

export const sameEtags = (objects: Objects, before: Etags): boolean =>
  objects.calls?.etag === before.calls &&
  objects.qa?.etag === before.qa &&
  objects.enriched?.etag === before.enriched &&
  objects.metadata?.etag === before.metadata &&
  objects.row?.etag === before.row;
