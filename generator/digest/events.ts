import { gunzipSync } from 'node:zlib';
import { sha256 } from '../lib/bytes.ts';
import type { Store } from '../store/store.ts';
import { TAG } from './tag.ts';

/** Largest object of events, unpacked. */
const MAX_BYTES = 64 * 1024 * 1024;

/** What SES's configuration set tells of one mail. */
export interface MailEvents {
  /** Digest id → SES's message id, of mails that SES took. */
  sent: Map<string, string>;
  /** Hash of an address → why it gets no more mail. */
  suppressed: Map<string, string>;
  /** Objects that could not be understood. */
  unreadable: string[];
}

interface SesEvent {
  eventType?: string;
  bounce?: { bounceType?: string; bouncedRecipients?: { emailAddress?: string }[] };
  complaint?: { complainedRecipients?: { emailAddress?: string }[] };
  mail?: { messageId?: string; timestamp?: string; tags?: { [name: string]: string[] | undefined } };
}

/** Of an address, whatever its organization: a mailbox that bounces does so for all. */
export const addressHash = (address: string): string => sha256(address.trim().toLowerCase()).slice(0, 32);

/** Everything under `mail/events/`, as Firehose writes it: JSON objects one after the other, perhaps in gzip. */
export async function readEvents(store: Store): Promise<MailEvents> {
  const events: MailEvents = { sent: new Map(), suppressed: new Map(), unreadable: [] };
  for await (const { key } of store.list('mail/events/')) {
    const object = await store.get(key);
    if (!object) continue;
    try {
      const isPacked = object.body[0] === 0x1f && object.body[1] === 0x8b;
      const bytes = isPacked ? gunzipSync(object.body, { maxOutputLength: MAX_BYTES }) : object.body;
      for (const event of objectsIn(new TextDecoder().decode(bytes))) take(events, event);
    } catch {
      events.unreadable.push(key);
    }
  }
  return events;
}

function take(events: MailEvents, { eventType, bounce, complaint, mail }: SesEvent): void {
  const digest = mail?.tags?.[TAG]?.[0];
  if (
    digest !== undefined &&
    mail?.messageId !== undefined &&
    eventType !== 'Reject' &&
    eventType !== 'Rendering Failure'
  )
    events.sent.set(digest, mail.messageId);
  const on = mail?.timestamp?.slice(0, 10) ?? 'an unknown day';
  const suppress = (recipients: { emailAddress?: string }[] | undefined, why: string) => {
    for (const { emailAddress } of recipients ?? [])
      if (emailAddress !== undefined) events.suppressed.set(addressHash(emailAddress), why);
  };
  if (eventType === 'Bounce' && bounce?.bounceType === 'Permanent')
    suppress(bounce.bouncedRecipients, `mail to this address bounced for good on ${on}`);
  if (eventType === 'Complaint')
    suppress(complaint?.complainedRecipients, `this address complained about mail on ${on}`);
}

/** JSON objects with or without anything between them. @throws {SyntaxError} where that is not what it is */
export function objectsIn(text: string): SesEvent[] {
  const objects: SesEvent[] = [];
  let [start, depth, quoted] = [0, 0, false];
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (quoted) {
      if (char === '\\') at++;
      else if (char === '"') quoted = false;
    } else if (char === '"') quoted = true;
    else if (char === '{' && depth++ === 0) start = at;
    else if (char === '}' && --depth === 0) objects.push(JSON.parse(text.slice(start, at + 1)) as SesEvent);
  }
  if (depth !== 0 || quoted || (objects.length === 0 && text.trim() !== '')) throw new SyntaxError('no JSON objects');
  return objects;
}
