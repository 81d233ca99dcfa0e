import { z } from 'zod';
import { addressProblem } from '../lib/mail-address.ts';
import { Alerts } from './alerts.ts';
import { agent, custom, DAYS, text, type Weekday } from './spec-parts.ts';

/** Kinds of digest, by what one is about: a local day, a calendar week, a calendar month. */
export const KINDS = ['daily', 'weekly', 'monthly'] as const;
export type DigestKind = (typeof KINDS)[number];

export const isKind = (text: string): text is DigestKind => (KINDS as readonly string[]).includes(text);

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'is not a time of day: write it as 07:00');

const address = z.string().trim().max(320).superRefine(custom(addressProblem));

const Recipient = z.strictObject({
  name: text().optional().describe('Display name of the recipient. Default: the part of the address before the @.'),
  address: address.describe('One mail address; its domain may be in any script.'),
  scope: z
    .union([z.literal('all'), z.strictObject({ team: text() }), z.strictObject({ agent })], {
      error: 'is not a scope: write "all", {"team": "…"} or {"agent": "…"}',
    })
    .default('all')
    .describe('Whose calls the digest covers: "all", one team or one agent.'),
  member: z
    .boolean()
    .default(true)
    .describe('Whether this person can sign in: only members’ digests have links to the reports.'),
  kinds: z
    .array(z.enum(KINDS))
    .min(1)
    .default(['daily'])
    .describe('Which digests this person gets: "daily", "weekly", "monthly". Each is a mail of its own.'),
});

/** `digest` of `report-config.json`. */
export const Digest = z.strictObject({
  enabled: z.boolean().default(true).describe('If false, nobody gets a digest.'),
  time: time
    .default('07:00')
    .describe('Local time from which the digest of the day before may be sent, such as 07:00.'),
  days: z
    .array(z.enum(DAYS))
    .min(1)
    .default([...DAYS])
    .describe('Days that daily digests cover.'),
  weekly: z
    .strictObject({
      day: z.enum(DAYS).optional().describe('Weekday on which it may be sent. Default: the first day of the week.'),
      time: time.optional().describe('Local time from which it may be sent. Default: that of the daily digest.'),
    })
    .default({})
    .describe('When the digest of the last whole calendar week is sent, to recipients whose kinds have "weekly".'),
  monthly: z
    .strictObject({
      time: time.optional().describe('Local time from which it may be sent. Default: that of the daily digest.'),
    })
    .default({})
    .describe('When the digest of the month before is sent, on the first, to recipients whose kinds have "monthly".'),
  quietDay: z
    .enum(['skip', 'note'])
    .default('note')
    .describe('What is sent about a day, a week or a month without calls.'),
  alerts: Alerts,
  sender: z
    .strictObject({
      name: text(80).optional().describe('Name of the sender. Default: that of CCI_MAIL_FROM.'),
      replyTo: address.optional().describe('Where answers go. Default: the sender.'),
      listId: z
        .string()
        .max(200)
        .regex(
          /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$/i,
          'is not the id of a list: write it as a host name, such as reports.example.com',
        )
        .optional()
        .describe('List-Id by which mail programs sort these mails, such as reports.example.com. Default: none.'),
    })
    .default({})
    .describe('How the mails name their sender; the address stays that of CCI_MAIL_FROM.'),
  recipients: z
    .array(Recipient)
    .max(500)
    .default([])
    .describe('Who gets the digests: one mail per recipient and kind.'),
});

export type DigestRecipient = z.output<typeof Recipient>;
type DigestConfig = z.output<typeof Digest>;

/** When digests of every kind come, whole. */
export interface DigestSchedule {
  timeZone: string;
  weekStart: Weekday;
  digest: Pick<DigestConfig, 'time' | 'days'> & Partial<Pick<DigestConfig, 'weekly' | 'monthly'>>;
}

/** Kinds of digest that somebody gets, in the order in which a run sends them. */
export function kindsOf(digest: Pick<DigestConfig, 'enabled' | 'recipients'> | undefined): DigestKind[] {
  if (!digest?.enabled) return [];
  return KINDS.filter((kind) => digest.recipients.some(({ kinds }) => kinds.includes(kind)));
}

/** A kind of digest whose time is set and that nobody gets. @param spec what the tenant wrote */
export function unusedKind(digest: DigestConfig | undefined, spec: unknown): DigestKind | undefined {
  if (!digest || digest.recipients.length === 0) return undefined;
  const written = (spec as { digest: object }).digest;
  return KINDS.find(
    (kind) => Object.hasOwn(written, kind) && !digest.recipients.some(({ kinds }) => kinds.includes(kind)),
  );
}
