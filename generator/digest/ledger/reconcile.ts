import type { Store } from '../../store/store.ts';
import { readEvents } from './events.ts';
import { putBack } from './ledger.ts';
import { type LogEntry, readLog } from './log.ts';

/** Days of the ledger that are looked through: as long as the bytes of an unknown digest are kept, and more. */
export interface Reconciled {
  /** Digests that SES's events show as sent. */
  found: LogEntry[];
  /** Of which still nobody knows. */
  unknown: LogEntry[];
  /** Objects of events that could not be understood. */
  unreadable: string[];
}

/** Look for unknown digests among SES's events: what has one was sent. What has none stays unknown; a person decides. */
export async function reconcile(store: Store, organizations: readonly string[], now: Date): Promise<Reconciled> {
  const { sent, unreadable } = await readEvents(store);
  const result: Reconciled = { found: [], unknown: [], unreadable };
  for (const org of organizations) {
    for (const entry of await readLog(store, org, now)) {
      if (entry.state !== 'unknown') continue;
      const receipt = sent.get(entry.id);
      // Where the record has changed meanwhile, or the store cannot tell, the ledger does not say so yet.
      const isTold = receipt !== undefined && (await putBack(store, entry, { state: 'sent', receipt }, now));
      if (isTold) result.found.push({ ...entry, state: 'sent', receipt });
      else result.unknown.push(entry);
    }
  }
  return result;
}
