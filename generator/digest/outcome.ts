import { problemsOf } from '../lib/errors.ts';
import { oneLine, type Printable, say } from '../lib/printable.ts';
import type { DigestKind } from '../tenants/digest-config.ts';
import type { DeliveryState } from './ledger/deliver.ts';
import type { Issue } from './schedule/issue.ts';
import { issueWords } from './schedule/issue-words.ts';

/** One recipient's digest, as far as a run knows. */
export interface DigestOutcome extends Issue {
  org: string;
  /** Hash of organization and address. */
  recipient: string;
  state: DeliveryState;
  /** The transport's receipt. */
  file?: string;
  /** A sentence without its full stop, where the state does not say it all. */
  reason?: string;
}

/** States that somebody has to see to: the command ends with 1. */
const TROUBLE: ReadonlySet<string> = new Set(['not sent', 'failed', 'unknown']);
export const isTrouble = ({ state }: { state: string }): boolean => TROUBLE.has(state);
/** In the ledger also what another run is sending: it is not known to have gone out yet. */
export const isUnsettled = (entry: { state: string }): boolean => isTrouble(entry) || entry.state === 'taken';

/** "2 sent, 1 already sent". */
export function summary(digests: readonly DigestOutcome[]): Printable {
  const counts = Map.groupBy(digests, ({ state }) => state);
  return say`${[...counts].map(([state, of]) => `${of.length} ${state}`)}`;
}

/** Why those are as they are whose state does not say it: one sentence a reason. */
export function remarks(digests: readonly DigestOutcome[]): Printable[] {
  const byReason = Map.groupBy(
    digests.filter(({ reason }) => reason !== undefined),
    ({ state, reason }) => `${state}: ${reason}`,
  );
  return [...byReason].map(([why, of]) => {
    const [first] = of;
    const who = of.length === 1 ? `recipient ${first?.recipient}` : `${of.length} recipients`;
    const file = of.length === 1 && first?.file ? ` (${first.file})` : '';
    return say`${first?.org ?? ''}: ${first ? issueWords(first) : ''}: ${who}: ${why}${file}.`;
  });
}

/** Why an organization's digests, or those of one kind, were not sent. */
export const notSent = (org: string, error: unknown, kind?: DigestKind): Printable[] =>
  problemsOf(error).map((problem) => oneLine([say`${org}: no ${kind ? `${kind} ` : ''}digest was sent:`, problem]));
