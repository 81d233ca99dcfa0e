import { strip } from '#shared/format/strip.ts';
import { messageOf } from '../../lib/errors.ts';
import { NotSent, Refused } from './transport.ts';

/** What Nodemailer and Node put on what they throw. */
interface Thrown {
  /** Nodemailer's own, such as "EAUTH", or Node's. */
  code?: string;
  /** Node's, where Nodemailer has put its own over it. */
  originalCode?: string;
  syscall?: string;
  command?: string; // e.g., "MAIL FROM"
  /** Of the reply. */
  responseCode?: number;
  timeoutType?: string;
}

/** Why no mail can leave this way at all, and what to do. */
interface Reason {
  when: (thrown: Thrown) => boolean;
  why: string;
  todo: string;
  /** Whether another try in a moment may help. */
  again?: true;
}

/** System calls that fail before a connection stands. */
const CONNECTING = ['connect', 'getaddrinfo'];
const UNKNOWN_HOST = ['ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL', 'EDNS'];
const PORTS = 'Use smtp:// with port 587 (STARTTLS) or smtps:// with port 465';

/** One table; the first that fits. The rest has to do with one mail, or nobody knows what became of it. */
const REASONS: readonly Reason[] = [
  {
    when: ({ code, responseCode = 0 }) => code === 'EAUTH' && responseCode >= 400 && responseCode < 500,
    why: 'cannot check the user name and password at the moment',
    todo: 'Run digest again later',
    again: true,
  },
  {
    when: ({ code, responseCode }) => code === 'EAUTH' || responseCode === 530,
    why: 'does not accept the user name and password, or wants some',
    todo: 'Correct them in CCI_MAIL_URL',
  },
  {
    when: ({ code, originalCode }) => [code, originalCode].some((each) => UNKNOWN_HOST.includes(each ?? '')),
    why: 'is a name that the DNS does not know',
    todo: 'Check the host in CCI_MAIL_URL, and the network',
    again: true,
  },
  {
    when: ({ code, originalCode }) => [code, originalCode].includes('ECONNREFUSED'),
    why: 'has nothing that listens there',
    todo: 'Check host and port in CCI_MAIL_URL, and whether the server runs',
    again: true,
  },
  {
    when: ({ syscall, timeoutType = '' }) =>
      CONNECTING.includes(syscall ?? '') || ['CONNECT_TIMEOUT', 'GREETING_TIMEOUT'].includes(timeoutType),
    why: 'cannot be reached',
    todo: 'Check host and port in CCI_MAIL_URL; a firewall may block the port',
    again: true,
  },
  {
    when: ({ originalCode = '' }) => /CERT|SELF_SIGNED|ALTNAME|ISSUER/.test(originalCode),
    why: 'shows a certificate that is not trusted',
    todo: 'Check the host in CCI_MAIL_URL; name the authority of a private certificate with NODE_EXTRA_CA_CERTS',
  },
  {
    when: ({ code, originalCode = '' }) => code === 'ETLS' || /WRONG_VERSION|PROTOCOL|HANDSHAKE/.test(originalCode),
    why: 'speaks no TLS there that this program knows',
    todo: PORTS,
  },
  {
    when: ({ code, command = '' }) => code === 'EPROTOCOL' && ['CONN', 'HELO', 'LHLO'].includes(command),
    why: 'does not greet as a mail server does, or takes no mail',
    todo: `Check host and port in CCI_MAIL_URL. ${PORTS}`,
  },
  {
    // 552 is about the size of this mail.
    when: ({ command, responseCode = 0 }) => command === 'MAIL FROM' && responseCode >= 500 && responseCode !== 552,
    why: 'does not accept the sender',
    todo: 'Set CCI_MAIL_FROM to an address that this account may send from',
  },
];

/**
 * A reply of the server says what became of the mail; a connection that ends without one after the data does not.
 * @param server e.g., "mail.example.com:587"
 */
export function smtpFault(error: unknown, server: string): unknown {
  // Nodemailer calls the command CONN also where a connection ends after the data, so it tells nothing by itself.
  const thrown = error as Thrown;
  const said = strip(messageOf(error).replaceAll(/\s+/g, ' '), undefined, /[\s.]/);
  const reason = REASONS.find(({ when }) => when(thrown));
  if (reason) {
    const { why, todo, again = false } = reason;
    return new NotSent(`the mail server ${server} ${why} (${said}). ${todo}`, { again, stop: true });
  }
  const { responseCode = 0 } = thrown;
  if (responseCode >= 500) return new Refused(said);
  if (responseCode >= 400) return new NotSent(`the mail server ${server} put it off (${said})`, { again: true });
  return error;
}
