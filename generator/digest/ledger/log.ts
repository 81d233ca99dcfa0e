import { addDays } from '#shared/calendar/days.ts';
import type { Store } from '../../store/store.ts';
import { type LedgerRecord, ledgerDays, recordsOf, standing } from './ledger.ts';

/** Days of the ledger that are shown where nobody asks for one. */
const SHOWN_DAYS = 14;

/** One digest as the ledger has it. */
export interface LogEntry
  extends Pick<LedgerRecord, 'organization' | 'date' | 'recipient' | 'at' | 'receipt' | 'reason'> {
  id: string;
  /** As `digest` says it; `taken`: being sent right now. */
  state: ReturnType<typeof standing>;
}

/**
 * What the ledger holds, newest day first.
 * @param date one day; without it the last fourteen
 */
export async function readLog(store: Store, organization: string, now: Date, date?: string): Promise<LogEntry[]> {
  const oldest = addDays(now.toISOString().slice(0, 10), -SHOWN_DAYS);
  const days = (await ledgerDays(store, organization)).filter((day) => (date ? day === date : day >= oldest)).reverse();
  const entries: LogEntry[] = [];
  for (const day of days) {
    for (const [id, record] of await recordsOf(store, organization, day)) {
      const { recipient, at, receipt, reason } = record;
      entries.push({ id, organization, date: day, recipient, at, state: standing(record, now), receipt, reason });
    }
  }
  return entries;
}
