import { openCursor } from '../lib/cursor.ts';
import type { Spool } from '../lib/spool.ts';
import { type SpooledList, spooledList } from '../lib/spooled.ts';
import { compareIds } from '../source/call-order.ts';
import { type Listing, type Objects, sameEtags } from '../source/listing.ts';
import type { PlacedRow } from '../source/sheets.ts';
import type { CallBlocks, KnownCall } from './known-call.ts';

/** A call that is to be looked at. */
export interface CallChange {
  id: string;
  /** As listed, and its row; absent: nothing is left of it. */
  objects?: Objects;
  /** What the state knows of it. */
  before?: KnownCall;
}

export interface Changes {
  /** In the order of calls. */
  calls: SpooledList<CallChange>;
  /** How many of them are to be read: the others are gone. */
  toRead: number;
}

/** What there is to look at. */
export interface Compared {
  listing: Pick<Listing, 'calls'>;
  /** Of sheets, in the order of calls. */
  rows: readonly PlacedRow[];
  /** What the state knows, in the order of calls. */
  known: CallBlocks;
}

/** Whether a call is to be looked at. @param isSame that its objects are as the state knows them */
export type Choice = (id: string, isSame: boolean, before: KnownCall | undefined) => boolean;

const ifChanged: Choice = (_id, isSame) => !isSame;

/**
 * What is different from the last run: listing, rows and state are walked side by side, so of each a block is held.
 * @param choose by default the calls that are not as the state knows them
 */
export async function compareCalls(
  { listing, rows, known }: Compared,
  spool: Spool,
  choose = ifChanged,
): Promise<Changes> {
  const calls = spooledList<CallChange>(spool);
  const listed = await openCursor(listing.calls.blocks());
  const placed = await openCursor([rows]);
  const remembered = await openCursor(known);
  let toRead = 0;
  for (;;) {
    const id = first(first(listed.head?.id, placed.head?.id), remembered.head?.id);
    if (id === undefined) return { calls, toRead };
    const before = remembered.head?.id === id ? remembered.head.known : undefined;
    const objects = objectsOf(
      listed.head?.id === id ? listed.head.objects : undefined,
      placed.head?.id === id ? placed.head.etag : undefined,
      before,
    );
    const isSame = before !== undefined && objects !== undefined && sameEtags(objects, before.etags);
    if (choose(id, isSame, before)) {
      if (objects) toRead++;
      const written = calls.push({ id, objects, before });
      if (written !== undefined) await written;
    }
    for (const cursor of [listed, placed, remembered]) {
      const read = cursor.head?.id === id ? cursor.next() : undefined;
      if (read !== undefined) await read;
    }
  }
}

const first = (a: string | undefined, b: string | undefined): string | undefined =>
  a === undefined || (b !== undefined && compareIds(b, a) < 0) ? b : a;

/**
 * The objects of a call with its row, which counts where the call is not there as JSONL. An object that is as the state knows it keeps
 * the time that the state knows: a store renews it where the same bytes are written again, and what was believed of a call must not
 * change with that.
 */
export function objectsOf(
  listed: Objects | undefined,
  row: string | undefined,
  before: Pick<KnownCall, 'etags' | 'modified'> | undefined,
): Objects | undefined {
  const { calls } = listed ?? {};
  if (!calls) return row === undefined ? listed : { ...listed, row: { etag: row, size: 0 } };
  const isKnown = before?.modified !== undefined && before.etags.calls === calls.etag;
  return isKnown ? { ...listed, calls: { ...calls, modified: before.modified } } : listed;
}
