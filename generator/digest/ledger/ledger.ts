import { randomUUID } from 'node:crypto';
import { decodeText, sha256, stableJson } from '../../lib/bytes.ts';
import { checkedJson, parseChecked } from '../../lib/checked.ts';
import { PreconditionFailed, type Store } from '../../store/store.ts';
import { type Issue, issueName, issueOf } from '../schedule/issue.ts';

const STATES = ['prepared', 'sending', 'sent', 'unknown', 'failed', 'skipped'] as const;

/**
 * What has become of one digest. No address is kept, only hashes.
 * `prepared`: certainly not sent, may be claimed. `sending`: claimed; if that is long ago, nobody knows. `unknown`: nobody
 * knows. `failed`: refused for good. `skipped`: on purpose. Only a person takes one out of `unknown` and `failed`.
 */
export interface LedgerRecord {
  version: 1;
  state: (typeof STATES)[number];
  organization: string;
  /** Last local day that it is about. */
  date: string;
  kind: string;
  /** Hash of organization and address. */
  recipient: string;
  /** When it came into this state, ISO 8601. */
  at: string;
  /** Tells this run's claim from another's. */
  nonce: string;
  /** SHA-256 of the message. */
  message?: string;
  /** The transport's receipt. */
  receipt?: string;
  reason?: string;
}

/** A claim that holds: only its owner may send. */
export interface Claim {
  key: string;
  etag: string;
  record: LedgerRecord;
}

/** What one digest is, for the ledger. */
export interface DigestKey extends Issue {
  organization: string;
  address: string;
}

/** A claim older than this was left by a run that died: nobody knows whether its mail went out. */
const LEASE_MS = 10 * 60_000;

const hash = (...parts: string[]): string => sha256(JSON.stringify(parts)).slice(0, 32);

export const digestId = ({ organization, date, address, kind }: DigestKey): string =>
  hash(organization, date, address.toLowerCase(), kind);
/** A test is in nobody's way: no two are the same, and none is a digest of the ledger. */
export const testId = ({ organization, date, address, kind }: DigestKey, now: Date): string =>
  hash(organization, date, address.toLowerCase(), `test ${kind} ${now.toISOString()}`);
export const recipientHash = (organization: string, address: string): string =>
  hash(organization, address.toLowerCase());
const folderOf = (organization: string, issue: string): string => `mail/ledger/${organization}/${issue}/`;
const keyOf = (digest: DigestKey): string =>
  `${folderOf(digest.organization, issueName(digest))}${digestId(digest)}.json`;
const doneKey = (organization: string, issue: string): string => `${folderOf(organization, issue)}done.json`;

/** Names of the issues of which the ledger knows anything, oldest day first. */
export const ledgerIssues = (store: Store, organization: string): Promise<string[]> =>
  store.folders(`mail/ledger/${organization}/`);

/** What the ledger says of a whole issue. */
interface Done {
  version: 1;
  /** Ids of the digests that have been decided; absent where an older version wrote it. */
  digests?: string[];
  /** A person has decided that the issue counts as sent. */
  lost?: true;
}

/**
 * `done`: every digest of the issue has been decided, and whoever is added later gets none of it. `lost`: so has a person, because
 * its entries are lost.
 */
export async function issueStanding(
  store: Store,
  organization: string,
  issue: string,
): Promise<'open' | 'done' | 'lost'> {
  const object = await store.get(doneKey(organization, issue));
  if (object === undefined) return 'open';
  const done = parseChecked(object.body);
  // A damaged one is taken for what sends least. An older version wrote nothing but its version.
  const isDone = Array.isArray(done?.digests) || Object.keys(done ?? {}).length === 1;
  return done?.version === 1 && done.lost === undefined && isDone ? 'done' : 'lost';
}

/** Ids of digests of which a record lies there, unless it is lost. */
export async function decidedOn(store: Store, organization: string, issue: string): Promise<ReadonlySet<string>> {
  const object = await store.get(doneKey(organization, issue));
  const { digests } = (object && parseChecked(object.body)) ?? {};
  return new Set(Array.isArray(digests) ? digests : []);
}

/** @param digests ids of all that have been decided */
export const markDone = (
  store: Store,
  organization: string,
  issue: string,
  digests: readonly string[],
): Promise<string> =>
  store.put(doneKey(organization, issue), checkedJson({ version: 1, digests: [...digests].sort() } satisfies Done));

export const markLost = (store: Store, organization: string, issue: string): Promise<string> =>
  store.put(doneKey(organization, issue), checkedJson({ version: 1, lost: true } satisfies Done));

/** The ledger's first entry of an issue. */
export const markBegun = (store: Store, organization: string, issue: string): Promise<string> =>
  store.put(`${folderOf(organization, issue)}begun.json`, stableJson({ version: 1 }));

/** The records of one issue by digest id. A damaged one counts as unknown: nobody knows what it said. */
export async function recordsOf(store: Store, organization: string, issue: string): Promise<Map<string, LedgerRecord>> {
  const records = new Map<string, LedgerRecord>();
  const folder = folderOf(organization, issue);
  for await (const { key } of store.list(folder)) {
    const id = /^([0-9a-f]{32})\.json$/.exec(key.slice(folder.length))?.[1];
    const object = id === undefined ? undefined : await store.get(key);
    if (id === undefined || !object) continue;
    records.set(id, parseRecord(object.body) ?? damagedRecord(organization, issue));
  }
  return records;
}

/** Undefined where the bytes are no record: damaged, or of another kind. */
function parseRecord(body: Uint8Array): LedgerRecord | undefined {
  try {
    const record = JSON.parse(decodeText(body)) as LedgerRecord | null;
    return record?.version === 1 && STATES.includes(record.state) ? record : undefined;
  } catch {
    return undefined;
  }
}

function damagedRecord(organization: string, issue: string): LedgerRecord {
  const { kind, date } = issueOf(issue) ?? { kind: 'daily', date: issue };
  return {
    version: 1,
    state: 'unknown',
    ...{ organization, date, kind, recipient: '', nonce: '' },
    at: `${date}T00:00:00.000Z`,
    reason: 'its record in the ledger is damaged',
  };
}

/** Put a digest into the ledger as certainly not sent; one that is there already stays as it is. */
export const prepare = (
  store: Store,
  digest: DigestKey,
  now: Date,
  more: Pick<LedgerRecord, 'message' | 'reason'>,
): Promise<void> => putFirst(store, digest, recordOf(digest, 'prepared', now, more));

/** Put a digest into the ledger of which nobody knows any more what became of it, for a person to see to. */
export const putUnknown = (store: Store, digest: DigestKey, now: Date, reason: string): Promise<void> =>
  putFirst(store, digest, recordOf(digest, 'unknown', now, { reason }));

async function putFirst(store: Store, digest: DigestKey, record: LedgerRecord): Promise<void> {
  try {
    await store.put(keyOf(digest), stableJson(record), { ifNoneMatch: '*' });
  } catch (error) {
    if (!(error instanceof PreconditionFailed)) throw error;
  }
}

function recordOf(
  { organization, date, kind, address }: DigestKey,
  state: LedgerRecord['state'],
  now: Date,
  more: Pick<LedgerRecord, 'message' | 'reason'>,
): LedgerRecord {
  const recipient = recipientHash(organization, address);
  return {
    version: 1,
    state,
    organization,
    date,
    kind,
    recipient,
    at: now.toISOString(),
    nonce: randomUUID(),
    ...more,
  };
}

/** The record of a digest and its ETag; "unreadable" counts as sent by nobody knows whom. */
export async function readRecord(
  store: Store,
  digest: DigestKey,
): Promise<{ record: LedgerRecord | 'unreadable'; etag: string } | undefined> {
  const object = await store.get(keyOf(digest));
  return object && { record: parseRecord(object.body) ?? 'unreadable', etag: object.etag };
}

/** How a digest stands before this run touches it. */
export function standing(
  record: LedgerRecord | 'unreadable' | undefined,
  now: Date,
): 'not sent' | 'taken' | 'unknown' | 'sent' | 'failed' | 'skipped' {
  if (record === undefined) return 'not sent';
  if (record === 'unreadable') return 'unknown';
  if (record.state === 'prepared') return 'not sent';
  if (record.state !== 'sending') return record.state;
  return Math.abs(now.getTime() - Date.parse(record.at)) < LEASE_MS ? 'taken' : 'unknown';
}

/**
 * Take a digest: of many at once, one wins.
 * @param state "sending", or "skipped" to say at once that nothing goes out
 * @returns undefined where somebody else has it
 */
export async function claim(
  store: Store,
  digest: DigestKey,
  state: 'sending' | 'skipped',
  now: Date,
  more: Pick<LedgerRecord, 'message' | 'reason'> = {},
): Promise<Claim | undefined> {
  const key = keyOf(digest);
  const record = recordOf(digest, state, now, more);
  const before = await readRecord(store, digest);
  if (before && (before.record === 'unreadable' || before.record.state !== 'prepared')) return undefined;
  try {
    const condition = before ? { ifMatch: before.etag } : ({ ifNoneMatch: '*' } as const);
    return { key, etag: await store.put(key, stableJson(record), condition), record };
  } catch (error) {
    if (!(error instanceof PreconditionFailed)) throw error;
    // A write that timed out and was tried again may have met itself: then the claim is ours.
    const found = await readRecord(store, digest);
    const ours = found && found.record !== 'unreadable' && found.record.nonce === record.nonce;
    return ours ? { key, etag: found.etag, record } : undefined;
  }
}

/** Bring a claim into its next state. @throws {PreconditionFailed} where it is no longer ours */
export async function settle(
  store: Store,
  { key, etag, record }: Claim,
  state: 'sent' | 'prepared' | 'unknown' | 'failed',
  now: Date,
  more: Pick<LedgerRecord, 'receipt' | 'reason'>,
): Promise<void> {
  const next = { ...record, state, at: now.toISOString(), ...more };
  try {
    await store.put(key, stableJson(next), { ifMatch: etag });
  } catch (error) {
    if (!(error instanceof PreconditionFailed)) throw error;
    // A write that timed out and was tried again may have met itself.
    const object = await store.get(key);
    if (!object || decodeText(object.body) !== stableJson(next)) throw error;
  }
}

/**
 * Change a record from outside a run: what a person or the mail service has found out.
 * @returns false where it has changed meanwhile
 */
export async function putBack(
  store: Store,
  { organization, id, ...of }: Issue & { organization: string; id: string },
  change: Pick<LedgerRecord, 'state' | 'receipt' | 'reason'>,
  now: Date,
): Promise<boolean> {
  const issue = issueName(of);
  const key = `${folderOf(organization, issue)}${id}.json`;
  const object = await store.get(key);
  if (!object) return false;
  const record = parseRecord(object.body) ?? damagedRecord(organization, issue);
  try {
    const next = { ...record, ...change, at: now.toISOString(), nonce: randomUUID() };
    await store.put(key, stableJson(next), { ifMatch: object.etag });
    return true;
  } catch (error) {
    if (error instanceof PreconditionFailed) return false;
    throw error;
  }
}
