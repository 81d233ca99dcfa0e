import { createHmac, timingSafeEqual } from 'node:crypto';
import { decodeText, stableJson } from '../../lib/bytes.ts';
import { isOrganization } from '../../source/layout.ts';
import type { Store } from '../../store/store.ts';
import { KINDS } from '../../tenants/digest-config.ts';

/** Whose digest of which kind: what a token stands for. No address is in it. */
export interface Subscription {
  organization: string;
  /** Hash of organization and address, as in the ledger. */
  recipient: string;
  kind: string;
}

const MAC_BYTES = 32;

const mac = (payload: string, key: string): Buffer =>
  createHmac('sha256', key).update(`cci-lite-reports unsubscribe v1 ${payload}`).digest();

/** For the address `/u/<token>`. It never ends and may be used more than once. */
export function tokenOf({ organization, recipient, kind }: Subscription, key: string): string {
  const payload = Buffer.from(JSON.stringify([organization, recipient, kind])).toString('base64url');
  return `${payload}.${mac(payload, key).toString('base64url')}`;
}

/** @param keys the current one, and the one before it */
export function readToken(token: string, keys: readonly string[]): Subscription | undefined {
  const [payload = '', signature = '', more] = token.split('.');
  const given = Buffer.from(signature, 'base64url');
  // One token has one spelling: Node reads both alphabets of Base64, and bits that mean nothing.
  const isPlain = more === undefined && given.toString('base64url') === signature;
  if (!isPlain || given.length !== MAC_BYTES) return undefined;
  if (!keys.some((key) => timingSafeEqual(mac(payload, key), given))) return undefined;
  return subscriptionOf(Buffer.from(payload, 'base64url').toString());
}

/** Whoever has the key may have signed anything. */
function subscriptionOf(text: string): Subscription | undefined {
  const values = parsed(text);
  if (!Array.isArray(values) || values.length !== 3 || !values.every((each) => typeof each === 'string'))
    return undefined;
  const [organization = '', recipient = '', kind = ''] = values;
  const isGood = isOrganization(organization) && /^[0-9a-f]{32}$/.test(recipient) && /^[a-z]{1,20}$/.test(kind);
  return isGood ? { organization, recipient, kind } : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const keyOf = (organization: string, recipient: string, kind: string): string =>
  `mail/preferences/${organization}/${recipient}-${kind}.json`;

/** Take somebody off a kind of digest. */
export async function unsubscribe(
  store: Store,
  { organization, recipient, kind }: Subscription,
  now: Date,
): Promise<void> {
  const body = stableJson({ version: 1, subscribed: false, at: now.toISOString() });
  await store.put(keyOf(organization, recipient, kind), body);
}

/** Take somebody off every kind of digest of an organization. */
export async function unsubscribeFromAll(store: Store, subscription: Subscription, now: Date): Promise<void> {
  for (const kind of new Set([subscription.kind, ...KINDS])) await unsubscribe(store, { ...subscription, kind }, now);
}

/** Put somebody on again that had unsubscribed. @returns whether they had */
export async function resubscribe(
  store: Store,
  { organization, recipient, kind }: Subscription,
  now: Date,
): Promise<boolean> {
  if (!(await isUnsubscribed(store, organization, recipient, kind))) return false;
  const body = stableJson({ version: 1, subscribed: true, at: now.toISOString(), by: 'operator' });
  await store.put(keyOf(organization, recipient, kind), body);
  return true;
}

/** An object that cannot be read counts: no mail is better than one that is not wanted. */
export async function isUnsubscribed(
  store: Store,
  organization: string,
  recipient: string,
  kind: string,
): Promise<boolean> {
  const object = await store.get(keyOf(organization, recipient, kind));
  if (!object) return false;
  try {
    return (JSON.parse(decodeText(object.body)) as { subscribed?: boolean }).subscribed !== true;
  } catch {
    return true;
  }
}
