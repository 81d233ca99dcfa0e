import { reasonOf } from '../digest/mail/failure-reason.ts';
import { bytesOf, type Message, parseAddress } from '../digest/mail/message.ts';
import { NotSent, Refused, type Transport } from '../digest/mail/transport.ts';
import { asciiAddress } from '../lib/mail-address.ts';
import { type Channel, type Notice, NotTaken } from './channel.ts';
import { headline, noticeText } from './words.ts';

/** In the place of an organization, where mail is sorted by it: no organization may be called so. */
const NOTICES = 'mail';

/**
 * A plain mail to one address, by the way that digests take.
 * @param open called when there is something to send
 * @param from sender: "Name <address>"
 */
export function mailChannel(to: string, open: () => Transport, from: string): Channel {
  return {
    async send(notice) {
      const message = await messageOf(notice, to, from);
      const transport = open();
      try {
        await transport.send(message);
      } catch (error) {
        const reason = `the mail of CCI_NOTIFY_URL did not leave: ${reasonOf(error, message.from)}`;
        throw error instanceof NotSent || error instanceof Refused ? new NotTaken(reason) : new Error(reason);
      } finally {
        await transport.close().catch(() => {});
      }
    },
  };
}

/** Text alone. Same input, same bytes. */
async function messageOf(notice: Notice, to: string, from: string): Promise<Message> {
  const { id, at, changes } = notice;
  const sender = parseAddress(from);
  const envelope = asciiAddress(sender.address);
  const text = `${noticeText(changes).replaceAll('\n', '\n\n')}\n`;
  const bytes = await bytesOf(id, envelope, {
    from: { name: sender.name, address: envelope },
    to: { name: '', address: asciiAddress(to) },
    subject: headline(changes),
    text,
    date: new Date(at),
    headers: { 'Auto-Submitted': 'auto-generated' },
  });
  return {
    id,
    organization: NOTICES,
    date: at.slice(0, 10),
    from: envelope,
    to: asciiAddress(to),
    bytes,
    html: `<!doctype html><meta charset="utf-8"><title>Notice</title><pre>${text}</pre>`,
  };
}
