import { asciiAddress } from '../lib/mail-address.ts';
import { mapConcurrent } from '../lib/map-concurrent.ts';
import type { Store } from '../store/store.ts';
import type { TenantConfig } from '../tenants/config.ts';
import type { DigestKind, DigestRecipient } from '../tenants/digest-config.ts';
import type { Delivery } from './ledger/deliver.ts';
import {
  type DigestKey,
  decidedOn,
  digestId,
  type LedgerRecord,
  putUnknown,
  readRecord,
  recipientHash,
  standing,
} from './ledger/ledger.ts';
import type { DigestContext } from './options.ts';
import { addressHash } from './recipients/address-hash.ts';
import { isUnsubscribed } from './recipients/preferences.ts';
import { problemOfScope } from './recipients/scope.ts';
import { type Issue, issueName } from './schedule/issue.ts';

const LEFT_OVER =
  'an earlier run claimed it and did not record the result, so it may have been sent. It is not resent automatically';
const LOST = 'its record in the ledger is lost';

/** One recipient's digest of one issue: still to be made, or decided already. */
export interface Pending {
  recipient: DigestRecipient;
  key: DigestKey;
  /** What is known before anything is read; absent: it is to be sent. */
  settled?: Delivery;
}

/** Everybody who gets a digest of the issue: each address once, the first time that it is listed for this kind. */
export async function pendingDigests(
  context: Pick<DigestContext, 'reports' | 'suppressed' | 'dryRun'>,
  org: string,
  issue: Issue,
  config: TenantConfig,
  now: Date,
): Promise<Pending[]> {
  const byAddress = new Map<string, Pending>();
  for (const recipient of recipientsOf(config, issue.kind)) {
    const address = asciiAddress(recipient.address).toLowerCase();
    const key: DigestKey = { organization: org, ...issue, address };
    if (!byAddress.has(key.address)) byAddress.set(key.address, { recipient, key });
  }
  const decided = await decidedOn(context.reports, org, issueName(issue));
  return mapConcurrent(byAddress.values(), async (pending) => ({
    ...pending,
    settled:
      (await settledAlready(context, pending, config, now, decided)) ??
      (await unwanted(context.reports, pending, context.suppressed)),
  }));
}

/** Who gets a kind of digest, as listed. */
export const recipientsOf = ({ digest }: TenantConfig, kind: DigestKind): DigestRecipient[] =>
  digest?.recipients.filter(({ kinds }) => kinds.includes(kind)) ?? [];

/** Who does not get mail: the address does not take it, or its owner does not want it. Said in every run. */
async function unwanted(
  reports: Store,
  { key }: Pending,
  suppressed: () => Promise<ReadonlyMap<string, string>>,
): Promise<Delivery | undefined> {
  const why = (await suppressed()).get(addressHash(key.address));
  if (why !== undefined) return { state: 'skipped', reason: why };
  return (await isUnsubscribed(reports, key.organization, recipientHash(key.organization, key.address), key.kind))
    ? { state: 'skipped', reason: 'unsubscribed' }
    : undefined;
}

const reasonOf = (record: LedgerRecord | 'unreadable' | undefined): string =>
  record === 'unreadable' || record?.reason === undefined || record.state === 'sending'
    ? LEFT_OVER
    : record.state === 'unknown'
      ? unsure(record.reason)
      : record.reason;

const unsure = (reason: string): string => `${reason}. It may have been sent, and is not resent automatically`;

/** @param decided ids of digests that have a record, unless it is lost */
async function settledAlready(
  { reports, dryRun }: Pick<DigestContext, 'reports' | 'dryRun'>,
  { key, recipient }: Pending,
  config: TenantConfig,
  now: Date,
  decided: ReadonlySet<string>,
): Promise<Delivery | undefined> {
  const found = await readRecord(reports, key);
  if (!found && decided.has(digestId(key))) {
    if (!dryRun) await putUnknown(reports, key, now, LOST);
    return { state: 'unknown', reason: unsure(LOST) };
  }
  const stands = standing(found?.record, now);
  if (stands === 'sent') return { state: 'already sent' };
  if (stands === 'unknown') return { state: 'unknown', reason: reasonOf(found?.record) };
  if (stands === 'failed') return { state: 'failed', reason: `${reasonOf(found?.record)}. See digest resend` };
  if (stands !== 'not sent') return { state: stands };
  const wrong = problemOfScope(config, recipient.scope);
  return wrong === undefined ? undefined : { state: 'not sent', reason: wrong };
}
