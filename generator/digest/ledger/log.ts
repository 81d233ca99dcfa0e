import { addDays } from '#shared/calendar/days.ts';
import type { Store } from '../../store/store.ts';
import { type Issue, issueOf } from '../schedule/issue.ts';
import { type LedgerRecord, ledgerIssues, recordsOf, standing } from './ledger.ts';

/** Days of the ledger that are shown where nobody asks for one. */
const SHOWN_DAYS = 14;

/** One digest as the ledger has it. */
export interface LogEntry
  extends Issue,
    Pick<LedgerRecord, 'organization' | 'recipient' | 'at' | 'receipt' | 'reason'> {
  id: string;
  /** As `digest` says it; `taken`: being sent right now. */
  state: ReturnType<typeof standing>;
}

/**
 * What the ledger holds, newest day first.
 * @param date of what is about one day, or a week or month that ends with it; without it the last fourteen days
 */
export async function readLog(store: Store, organization: string, now: Date, date?: string): Promise<LogEntry[]> {
  const oldest = addDays(now.toISOString().slice(0, 10), -SHOWN_DAYS);
  const names = (await ledgerIssues(store, organization)).reverse();
  const entries: LogEntry[] = [];
  for (const name of names) {
    const issue = issueOf(name);
    if (issue === undefined || !(date ? issue.date === date : issue.date >= oldest)) continue;
    for (const [id, record] of await recordsOf(store, organization, name)) {
      const { recipient, at, receipt, reason } = record;
      entries.push({ id, organization, ...issue, recipient, at, state: standing(record, now), receipt, reason });
    }
  }
  return entries;
}
