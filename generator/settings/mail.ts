import { mailUrlProblem } from '../digest/mail/mail-url.ts';
import { mailboxProblem } from '../lib/mail-address.ts';
import { keyProblem } from '../lib/secrets.ts';
import { notifyUrlProblem } from '../notify/notify-url.ts';
import { isKind, KINDS } from '../tenants/digest-config.ts';
import { day, plainAddress } from './checks.ts';
import type { Setting } from './setting.ts';

/** Digests, notices to the operator, and unsubscribing. */
export const MAIL = {
  date: {
    flag: 'date',
    value: 'D',
    about: 'the local day that the digest covers, or a day of the week or the month of --kind',
    check: day,
  },
  kind: {
    flag: 'kind',
    value: 'KIND',
    about: 'only digests of this kind: daily, weekly or monthly; by default all, and with --date or --to the daily one',
    check: (value) => (isKind(value) ? undefined : `is not a kind of digest: write ${KINDS.join(', ')}`),
  },
  newLedger: {
    flag: 'new-ledger',
    about: 'go on though the ledger of the named organization is lost: days that it had digests about count as sent',
  },
  to: {
    flag: 'to',
    value: 'ADDRESS',
    about:
      'for digest: send to this address only, marked as a test; the ledger does not change. For digest resume: who gets digests again',
    check: plainAddress,
  },
  addresses: {
    flag: 'addresses',
    about:
      'for digest who: show addresses and agents, on a terminal; without it a recipient is a hash, as in digest log',
  },
  digestId: {
    flag: 'id',
    value: 'ID',
    about: 'only the digest with this id, as digest log shows it',
    check: (value) => (/^[0-9a-f]{32}$/.test(value) ? undefined : 'is not the id of a digest: 32 hex digits'),
  },
  mailUrl: {
    variable: 'CCI_MAIL_URL',
    secret: true,
    login: true,
    about:
      'how mail leaves: file: and an outbox folder, smtp://user:password@host:587, or ses:region?configuration-set=name',
    check: mailUrlProblem,
  },
  mailFrom: { variable: 'CCI_MAIL_FROM', about: 'the sender, as Name <address>', check: mailboxProblem },
  notifyUrl: {
    variable: 'CCI_NOTIFY_URL',
    secret: true,
    login: true,
    about:
      'where a notice goes when something fails, stands still or is in order again: an https webhook, or mailto: and an address; optional',
    check: notifyUrlProblem,
  },
  notifyKey: {
    variable: 'CCI_NOTIFY_KEY',
    secret: true,
    about: 'key that signs what the webhook gets: at least 32 characters; optional',
    check: keyProblem,
  },
  unsubscribeKey: {
    variable: 'CCI_UNSUBSCRIBE_KEY',
    secret: true,
    about: 'key of the digests’ unsubscribe links: at least 32 characters',
    check: keyProblem,
  },
  unsubscribeMail: {
    variable: 'CCI_UNSUBSCRIBE_MAIL',
    about: 'address for unsubscribe requests, where no gate serves the links',
    check: plainAddress,
  },
  unsubscribeKeyPrevious: {
    variable: 'CCI_UNSUBSCRIBE_KEY_PREVIOUS',
    secret: true,
    about: 'the previous key, during a key change',
    check: keyProblem,
  },
} satisfies { [name: string]: Setting };
