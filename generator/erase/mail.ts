import { eventsIn, type SesEvent } from '../digest/ledger/event-shapes.ts';
import type { LedgerRecord } from '../digest/ledger/ledger.ts';
import { TAG } from '../digest/mail/tag.ts';
import { stableJson } from '../lib/bytes.ts';
import { PreconditionFailed, type Store } from '../store/store.ts';
import { textAt } from './known.ts';
import type { Needle } from './needles.ts';
import { readingsOf } from './readings.ts';

/**
 * Takes a call out of what is kept about an organization's mail. A kept message goes as a whole: what was not sent is made again,
 * without the call. A record of the ledger loses its reason, and keeps what became of the digest. Events keep what the ledger and
 * the list of suppressed addresses are made of.
 * @param names what names the call
 * @param loose what may name it: enough to let a kept message go
 * @returns objects that were removed or written anew
 */
export async function cleanMail(
  reports: Store,
  org: string,
  names: readonly Needle[],
  loose: readonly Needle[],
): Promise<number> {
  let cleaned = 0;
  const each = async (
    prefix: string,
    needles: readonly Needle[],
    clean: (key: string, text: string) => Promise<void>,
  ) => {
    for await (const { key } of reports.list(prefix)) {
      const text = await textAt(reports, key);
      if (text === undefined) continue;
      const read = readingsOf(text);
      if (!needles.some(({ isIn }) => read.some(isIn))) continue;
      await clean(key, text);
      cleaned++;
    }
  };
  await each(`mail/frozen/${org}/`, [...names, ...loose], (key) => reports.remove(key));
  await each(`mail/ledger/${org}/`, names, (key) => forgetReason(reports, key));
  await each('mail/events/', names, async (key, text) => {
    await reports.put(key, eventsIn(text).map(shortened).join(''));
  });
  return cleaned;
}

/** A record that is none, or that another run changes just now, stays: the search tells of it. */
async function forgetReason(reports: Store, key: string): Promise<void> {
  const object = await reports.get(key);
  if (!object) return;
  try {
    const { reason: _named, ...record } = JSON.parse(Buffer.from(object.body).toString('utf8')) as LedgerRecord;
    await reports.put(key, stableJson(record), { ifMatch: object.etag });
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof PreconditionFailed)) throw error;
  }
}

/** Of a mail's head only which digest it was. What was not understood is still no event, so that it stays told of. */
function shortened(event: SesEvent | undefined): string {
  if (event === undefined) return 'erased\n';
  const { eventType, notificationType, bounce, complaint, mail } = event;
  const tag = mail?.tags?.[TAG];
  const header = mail?.headers?.find(({ name }) => name?.toLowerCase() === 'x-cci-digest-id');
  const short: SesEvent = {
    ...{ eventType, notificationType },
    bounce: bounce && {
      timestamp: bounce.timestamp,
      bounceType: bounce.bounceType,
      bouncedRecipients: addressesOf(bounce.bouncedRecipients),
    },
    complaint: complaint && {
      timestamp: complaint.timestamp,
      complaintFeedbackType: complaint.complaintFeedbackType,
      complainedRecipients: addressesOf(complaint.complainedRecipients),
    },
    mail: mail && {
      ...{ messageId: mail.messageId, timestamp: mail.timestamp },
      tags: tag && { [TAG]: tag },
      headers: header && [header],
    },
  };
  return `${JSON.stringify(short)}\n`;
}

const addressesOf = (recipients: { emailAddress?: string }[] | undefined) =>
  Array.isArray(recipients) ? recipients.map((each) => ({ emailAddress: each?.emailAddress })) : recipients;
