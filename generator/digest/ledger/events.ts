import { gunzipSync } from 'node:zlib';
import { type Store, type StoredObject, UnusableKey } from '../../store/store.ts';
import { TAG } from '../mail/tag.ts';
import { addressHash } from '../recipients/address-hash.ts';
import { isResumed, readResumed } from '../recipients/resumed.ts';
import { eventsIn, type SesEvent } from './event-shapes.ts';

/** Largest object of events, unpacked. */
const MAX_BYTES = 64 * 1024 * 1024;

/** What Amazon SES tells of mails that it took. */
export interface MailEvents {
  /** Digest id → SES's message id, of mails that SES took. */
  sent: Map<string, string>;
  /** Hash of an address → why it gets no more mail. */
  suppressed: Map<string, string>;
  /** Objects of which anything could not be understood. */
  unreadable: string[];
}

/** What has been read so far, with when an address was suppressed last. */
type Reading = MailEvents & { since: Map<string, number> };

/**
 * Everything under `mail/events/`, as Firehose and others write it: JSON objects one after the other, perhaps in gzip. An address that somebody has put
 * on again since is not suppressed.
 */
export async function readEvents(store: Store): Promise<MailEvents> {
  const events: Reading = { sent: new Map(), suppressed: new Map(), unreadable: [], since: new Map() };
  // Where nobody knows when an event was, nothing takes it back.
  for await (const { key, modified = Number.POSITIVE_INFINITY } of store.list('mail/events/')) {
    const object = await store.get(key).catch(emptyIfUnusable);
    if (!object) continue;
    // What can be understood counts, whatever stands beside it.
    if (
      !eventsOf(object.body)
        .map((event) => taken(events, event, modified))
        .every(Boolean)
    )
      events.unreadable.push(key);
  }
  const resumed = events.suppressed.size > 0 ? await readResumed(store) : new Map<string, number>();
  for (const [hash, since] of events.since) if (isResumed(resumed.get(hash), since)) events.suppressed.delete(hash);
  const { sent, suppressed, unreadable } = events;
  return { sent, suppressed, unreadable };
}

/** What cannot even be requested cannot be understood either. */
function emptyIfUnusable(error: unknown): Pick<StoredObject, 'body'> {
  if (!(error instanceof UnusableKey)) throw error;
  return { body: new Uint8Array([0xff]) };
}

function eventsOf(body: Uint8Array): (SesEvent | undefined)[] {
  try {
    return eventsIn(textOf(body));
  } catch {
    return [undefined];
  }
}

/** @returns whether it was understood; fields may be of any type, as anybody may write here */
function taken(events: Reading, event: SesEvent | undefined, modified: number): boolean {
  try {
    return event !== undefined && take(events, event, modified);
  } catch {
    return false;
  }
}

/** @throws where it is neither text in UTF-8 nor that in gzip */
function textOf(body: Uint8Array): string {
  const isPacked = body[0] === 0x1f && body[1] === 0x8b;
  return new TextDecoder('utf-8', { fatal: true }).decode(
    isPacked ? gunzipSync(body, { maxOutputLength: MAX_BYTES }) : body,
  );
}

/** Types of event, of which some say of a mail nothing that matters here. */
const KNOWN = new Set([
  'bounce',
  'complaint',
  'delivery',
  'send',
  'reject',
  'open',
  'click',
  'renderingfailure',
  'deliverydelay',
  'subscription',
  'amazonsnssubscriptionsucceeded',
]);
/** SES did not take the mail, or does not speak of one. */
const NOT_TAKEN = new Set(['reject', 'renderingfailure', 'subscription', 'amazonsnssubscriptionsucceeded']);
const BOUNCES = new Set(['permanent', 'transient', 'undetermined']);

/** @param modified when the object was written, for an event that does not say when it was. @returns whether it was understood */
function take(events: Reading, event: SesEvent, modified: number): boolean {
  const type = plainWord(event.eventType ?? event.notificationType);
  if (!KNOWN.has(type)) return false;
  const { mail, bounce, complaint } = event;
  const digest = digestOf(mail);
  if (digest !== undefined && mail?.messageId !== undefined && !NOT_TAKEN.has(type))
    events.sent.set(digest, mail.messageId);
  const on = mail?.timestamp?.slice(0, 10) ?? 'an unknown day';
  if (type === 'bounce') {
    const kind = plainWord(bounce?.bounceType);
    if (!BOUNCES.has(kind)) return false;
    return (
      kind !== 'permanent' ||
      suppress(events, bounce?.bouncedRecipients, {
        why: `mail to this address bounced permanently on ${on}`,
        at: instantOf(bounce?.timestamp ?? mail?.timestamp, modified),
      })
    );
  }
  // "Not spam" is the button that takes a mail out of the spam folder: the opposite of a complaint.
  if (type === 'complaint' && plainWord(complaint?.complaintFeedbackType) !== 'not-spam')
    return suppress(events, complaint?.complainedRecipients, {
      why: `this address complained about mail on ${on}`,
      at: instantOf(complaint?.timestamp ?? mail?.timestamp, modified),
    });
  return true;
}

/** @returns false where nobody is named */
function suppress(
  { suppressed, since }: Reading,
  recipients: { emailAddress?: string }[] | undefined,
  { why, at }: { why: string; at: number },
): boolean {
  const addresses = Array.isArray(recipients) ? recipients.map((each) => each?.emailAddress) : [];
  const known = addresses.filter((address) => typeof address === 'string' && address.includes('@')) as string[];
  for (const hash of known.map((address) => addressHash(address))) {
    suppressed.set(hash, why);
    since.set(hash, Math.max(at, since.get(hash) ?? at));
  }
  return known.length > 0 && known.length === addresses.length;
}

const instantOf = (text: unknown, otherwise: number): number => {
  const at = typeof text === 'string' ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? otherwise : at;
};

/** By its tag, as a configuration set has it, else by its header, as an identity's notifications may. */
const digestOf = (mail: SesEvent['mail']): string | undefined =>
  mail?.tags?.[TAG]?.[0] ?? mail?.headers?.find(({ name }) => name?.toLowerCase() === HEADER)?.value;

const HEADER = 'x-cci-digest-id';

const plainWord = (text: unknown): string => (typeof text === 'string' ? text.toLowerCase().replaceAll(' ', '') : '');
