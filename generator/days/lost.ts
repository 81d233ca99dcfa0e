import { openCursor } from '../lib/cursor.ts';
import { Damaged } from '../lib/errors.ts';
import { compareIds } from '../source/call-order.ts';
import type { Etags } from '../source/listing.ts';
import { lostRows } from '../source/sheets.ts';
import type { Store } from '../store/store.ts';
import { callsOf, rangeReader } from './ranges.ts';
import type { State } from './state.ts';

/** Whether an object or a row that was read of a call is there no more. */
export const lostParts = (before: Etags | undefined, now: Etags | undefined): boolean =>
  Object.keys(before ?? {}).some((part) => now?.[part as keyof Etags] === undefined);

/** Whether anything that was read before is gone: a call, one of its objects, or a row. Where it cannot be read: yes, nobody knows. */
export async function lostObjects(store: Store, org: string, before: State, after: State): Promise<boolean> {
  if (lostRows(before.sheets, after.sheets)) return true;
  // Ranges of the same bytes hold the same calls: only what lies between them is read.
  const of = ({ ranges }: State) => new Set(ranges.map(({ sha256 }) => sha256));
  const [inBefore, inAfter] = [of(before), of(after)];
  const read = rangeReader(store, org);
  try {
    const old = await openCursor(
      callsOf(
        read,
        before.ranges.filter(({ sha256 }) => !inAfter.has(sha256)),
      ),
    );
    const now = await openCursor(
      callsOf(
        read,
        after.ranges.filter(({ sha256 }) => !inBefore.has(sha256)),
      ),
    );
    while (old.head) {
      const order = now.head ? compareIds(old.head.id, now.head.id) : -1;
      if (order <= 0 && lostParts(old.head.known.etags, order === 0 ? now.head?.known.etags : undefined)) return true;
      if (order <= 0) await old.next();
      if (order >= 0) await now.next();
    }
    return false;
  } catch (error) {
    if (error instanceof Damaged) return true;
    throw error;
  }
}
