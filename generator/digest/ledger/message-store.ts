import { PreconditionFailed, type Store } from '../../store/store.ts';
import { issueName, issueOf } from '../schedule/issue.ts';
import { type DigestKey, digestId, type LedgerRecord, recordsOf } from './ledger.ts';

/** Bytes of what nobody knows about are kept so long, for a person who looks into it. */
const KEEP_MS = 7 * 24 * 60 * 60_000;

const keyOf = (digest: DigestKey): string =>
  `mail/frozen/${digest.organization}/${issueName(digest)}/${digestId(digest)}.eml`;

/**
 * Keep the bytes of a digest before it is claimed: whoever sends it, now or after a crash, sends these.
 * @returns the bytes to send, those of an earlier run where it kept some
 */
export async function keepMessage(store: Store, digest: DigestKey, bytes: Uint8Array): Promise<Uint8Array> {
  const key = keyOf(digest);
  try {
    await store.put(key, bytes, { ifNoneMatch: '*' });
    return bytes;
  } catch (error) {
    if (!(error instanceof PreconditionFailed)) throw error;
    return (await store.get(key))?.body ?? bytes;
  }
}

/** They hold names and figures: they go as soon as nobody needs them. */
export const dropMessage = (store: Store, digest: DigestKey): Promise<void> => store.remove(keyOf(digest));

/** Remove the bytes that a run which died has left: of what was decided at once, of what nobody knows after seven days. */
export async function dropOldMessages(store: Store, organization: string, now: Date): Promise<void> {
  const prefix = `mail/frozen/${organization}/`;
  for await (const { key } of store.list(prefix)) {
    const [issue = '', file = ''] = key.slice(prefix.length).split('/');
    const records = await recordsOf(store, organization, issue);
    if (isOver(records.get(file.replace(/\.eml$/, '')), now, issue)) await store.remove(key);
  }
}

function isOver(record: LedgerRecord | undefined, now: Date, issue: string): boolean {
  const old = now.getTime() - Date.parse(record?.at ?? issueOf(issue)?.date ?? issue) > KEEP_MS;
  return record?.state === 'sent' || record?.state === 'skipped' || old;
}
