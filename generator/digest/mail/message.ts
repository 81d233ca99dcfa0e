import MailComposer from 'nodemailer/lib/mail-composer/index.js';
import { sha256 } from '../../lib/bytes.ts';
import { asciiAddress } from '../../lib/mail-address.ts';
import { clean } from '../content/view.ts';

interface Image {
  cid: string; // e.g., "trend@cci-lite-reports"
  png: Uint8Array;
}

export interface Address {
  name: string;
  address: string;
}

/** One mail to one person, whole: every transport takes the same bytes. */
export interface Message {
  /** The digest's identity, 32 hex digits: of organization, day, address and kind. */
  id: string;
  organization: string;
  /** Local day that it is about. */
  date: string;
  /** Envelope: plain addresses. */
  from: string;
  to: string;
  /** RFC 5322 with CRLF. */
  bytes: Uint8Array;
  /** The HTML part, for those who browse an outbox. */
  html: string;
}

export interface MessageInput extends Pick<Message, 'id' | 'organization' | 'date' | 'html'> {
  from: Address;
  to: Address;
  /** Where answers go: an address alone. */
  replyTo?: string;
  /** By which mail programs sort: a name of dots and ASCII letters. */
  listId?: string;
  subject: string;
  text: string;
  /** Pictures that the HTML names by `cid:`. */
  images?: readonly Image[];
  /** Address that ends the digest: https with one POST, or mailto. */
  stop?: string;
  /** For the Date header; given, so that the same input gives the same bytes. */
  at: Date;
}

/** "Name <address>" or an address alone, as the settings have it. */
export function parseAddress(text: string): Address {
  const match = /^(?:([^<>]*)<)?([^<>]+)>?$/.exec(text.trim());
  const address = match?.[2]?.trim() ?? '';
  const name = (match?.[1] ?? '').trim().replace(/^"(.*)"$/, '$1');
  return { name, address };
}

/** The name on the envelope: spam filters distrust an address without one. */
export const named = ({ name, address }: { name?: string; address: string }): Address => ({
  name: clean(name ?? '') || address.slice(0, address.lastIndexOf('@')),
  address,
});

/**
 * A text as a header may hold it. Mail programs decode what looks like `=?charset?B?…?=`, and could show what nobody has checked:
 * a space in each beginning keeps it as it is. Last, because cleaning can bring the two characters together.
 */
const headerText = (text: string, max: number): string => clean(text, max).replaceAll('=?', '= ?');

/** A person as a header names them. */
const inHeader = ({ name, address }: Address): Address => ({ name: headerText(name, 80), address });

/**
 * What is sent of a mail. Content is only what is given here: nothing is ever fetched or read from disk. Same input, same bytes.
 * @param id of the mail, which its Message-ID and boundaries are made from
 * @param sender the envelope's address
 */
export const bytesOf = (
  id: string,
  sender: string,
  content: ConstructorParameters<typeof MailComposer>[0],
): Promise<Buffer> =>
  new MailComposer({
    ...content,
    messageId: `<${id}@${sender.slice(sender.lastIndexOf('@') + 1)}>`,
    baseBoundary: sha256(id).slice(0, 24),
    newline: '\r\n',
    disableUrlAccess: true,
    disableFileAccess: true,
  })
    .compile()
    .build();

/** Headers and both parts of one mail. Same input, same bytes. */
export async function buildMessage(input: MessageInput): Promise<Message> {
  const { id, organization, date, html, from, to } = input;
  const sender = asciiAddress(from.address);
  const bytes = await bytesOf(id, sender, {
    from: inHeader(from),
    to: inHeader(to),
    ...(input.replyTo !== undefined && { replyTo: asciiAddress(input.replyTo) }),
    subject: headerText(input.subject, 200),
    text: input.text,
    html,
    attachments: input.images?.map(({ cid, png }) => ({
      cid,
      content: Buffer.from(png),
      contentType: 'image/png',
      contentDisposition: 'inline' as const,
      filename: `${cid.split('@')[0]}.png`,
    })),
    date: input.at,
    headers: {
      'X-CCI-Digest-Id': id,
      'Auto-Submitted': 'auto-generated',
      ...(input.listId !== undefined && { 'List-Id': `<${headerText(input.listId, 200)}>` }),
      ...(input.stop !== undefined && { 'List-Unsubscribe': `<${input.stop}>` }),
      ...(input.stop?.startsWith('https:') && { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }),
    },
  });
  return {
    id,
    organization,
    date,
    from: sender,
    to: asciiAddress(to.address),
    bytes,
    html: browsable(html, input.images),
  };
}

/** The HTML part with its pictures in it, for a browser. */
function browsable(html: string, images: readonly Image[] = []): string {
  return images.reduce(
    (text, { cid, png }) =>
      text.replaceAll(`src="cid:${cid}"`, `src="data:image/png;base64,${Buffer.from(png).toString('base64')}"`),
    html,
  );
}
