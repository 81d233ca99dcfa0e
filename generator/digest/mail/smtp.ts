import { createTransport } from 'nodemailer';
import { messageOf } from '../../lib/errors.ts';
import { NotSent, Refused, type Transport } from './transport.ts';

const TIMEOUT_MS = 10_000;
/** System calls that fail before a connection stands. */
const CONNECTING = new Set(['connect', 'getaddrinfo']);

/** An SMTP server: one connection a mail, because a pool queues again what a lost connection may have sent. */
export async function smtp(url: string): Promise<Transport> {
  const { protocol, hostname, port, username, password } = new URL(url);
  const secure = protocol === 'smtps:';
  const transport = createTransport({
    host: hostname,
    port: Number(port) || (secure ? 465 : 587),
    secure,
    ...(username && { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }),
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
  });
  return {
    async send({ from, to, bytes }) {
      try {
        const { messageId } = await transport.sendMail({
          envelope: { from, to: [to] },
          raw: Buffer.from(bytes),
        });
        return { id: messageId };
      } catch (error) {
        throw classify(error);
      }
    },
    close: async () => transport.close(),
  };
}

/** A reply of the server says what became of the mail; a connection that ends without one after the data does not. */
function classify(error: unknown): unknown {
  // Nodemailer calls the command CONN also where a connection ends after the data, so it tells nothing.
  const { code, syscall, responseCode } = error as { code?: string; syscall?: string; responseCode?: number };
  if (responseCode !== undefined && responseCode >= 500) return new Refused(messageOf(error));
  if (responseCode !== undefined && responseCode >= 400) return new NotSent(messageOf(error), { again: true });
  if (code === 'EDNS' || code === 'EAUTH' || (syscall !== undefined && CONNECTING.has(syscall)))
    return new NotSent(messageOf(error), { again: code !== 'EAUTH', stop: true });
  return error;
}
