import { checkedJson, parseChecked } from '../../lib/checked.ts';
import { UserError } from '../../lib/errors.ts';
import { say } from '../../lib/printable.ts';
import { PreconditionFailed, type Store } from '../../store/store.ts';
import { issueOf } from '../schedule/issue.ts';
import { ledgerIssues, markBegun, markLost } from './ledger.ts';

/**
 * The issues of which digests of an organization may have gone out, kept beside its site and not below `mail/`: what tells an
 * organization that has never had a digest from one whose ledger is lost. An issue is noted here after its first entry in the
 * ledger and before its first mail: so one that is noted here has entries there, unless they are lost.
 */
interface SentDays {
  version: 1;
  /** Names of the newest of each kind, ascending. */
  days: string[];
}

/** More of each kind than a run ever sends or tells of. */
const KEPT = 30;
const ATTEMPTS = 20;

const keyOf = (organization: string): string => `${organization}/sent-days.json`;

/** @returns undefined where no digest has gone out; "damaged" where some have, and nobody can read about which days */
async function read(store: Store, organization: string): Promise<{ days: string[] | 'damaged'; etag?: string }> {
  const object = await store.get(keyOf(organization));
  if (!object) return { days: [] };
  const { days } = parseChecked(object.body) ?? {};
  const isWhole = Array.isArray(days) && days.length > 0 && days.every((day) => issueOf(day) !== undefined);
  return { days: isWhole ? days : 'damaged', etag: object.etag };
}

/** The newest of each kind, ascending. */
function newest(names: Iterable<string>): string[] {
  const kinds = Map.groupBy([...new Set(names)].sort(), (name) => issueOf(name)?.kind);
  return [...kinds.values()].flatMap((of) => of.slice(-KEPT)).sort();
}

/** Before the first mail of an issue. Runs that begin it at once do the same. */
export async function beginIssue(store: Store, organization: string, issue: string): Promise<void> {
  await markBegun(store, organization, issue);
  for (let attempt = 1; ; attempt++) {
    const { days, etag } = await read(store, organization);
    if (days.includes(issue)) return;
    // Where none are noted yet, or not readably, the ledger itself still knows.
    const known = etag === undefined || days === 'damaged' ? await ledgerIssues(store, organization) : days;
    const all = newest([...known, issue]);
    try {
      const condition = etag === undefined ? ({ ifNoneMatch: '*' } as const) : { ifMatch: etag };
      await store.put(keyOf(organization), checkedJson({ version: 1, days: all } satisfies SentDays), condition);
      return;
    } catch (error) {
      if (!(error instanceof PreconditionFailed) || attempt === ATTEMPTS) throw error;
    }
  }
}

/**
 * Stop where the ledger is lost: where it has nothing of the newest issue that was sent, or of one that is to be sent now.
 * @param issues names of those that a run would send
 * @param goOn a person has decided that issues which are lost count as sent
 * @throws {UserError} where it is lost, and nobody has decided
 */
export async function requireLedger(
  store: Store,
  organization: string,
  issues: readonly string[],
  goOn: boolean,
): Promise<void> {
  const sent = (await read(store, organization)).days;
  const known = await ledgerIssues(store, organization);
  const asked =
    sent === 'damaged'
      ? known.length > 0
        ? []
        : [...issues]
      : sent.filter((issue) => issues.includes(issue) || issue === sent.at(-1));
  const lost = asked.filter((issue) => !known.includes(issue));
  if (lost.length === 0) return;
  if (goOn) {
    for (const issue of lost) await markLost(store, organization, issue);
    return;
  }
  const about = sent === 'damaged' ? 'of this organization' : say`about ${lost}`;
  throw new UserError([
    say`its ledger is lost. Digests ${about} have been sent, but ${store.url} holds nothing of them below mail/ledger/${organization}/, so they could be sent twice. Restore the ledger. To go on without it, run digest --org ${organization} --new-ledger: days up to ${lost.at(-1) ?? ''} then count as sent, and later ones are sent.`,
  ]);
}
