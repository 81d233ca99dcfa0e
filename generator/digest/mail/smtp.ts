import { createTransport } from 'nodemailer';
import { smtpFault } from './smtp-faults.ts';
import type { Transport } from './transport.ts';

const TIMEOUT_MS = 10_000;
/**
 * An SMTP server: one connection a mail, because a pool queues again what a lost connection may have sent.
 * @param timeoutMs until the connection stands, and until the server greets; twice that of silence afterwards
 */
export async function smtp(url: string, timeoutMs = TIMEOUT_MS): Promise<Transport> {
  const { transport, server } = smtpTransport(url, timeoutMs);
  return {
    async send({ from, to, bytes }) {
      try {
        const { messageId } = await transport.sendMail({
          envelope: { from, to: [to] },
          raw: Buffer.from(bytes),
        });
        return { id: messageId };
      } catch (error) {
        throw smtpFault(error, server);
      }
    },
    close: async () => transport.close(),
  };
}

/** Connects and logs in, and sends nothing. @returns the server. @throws {NotSent} where no mail could leave that way */
export async function trySmtp(url: string, timeoutMs = TIMEOUT_MS): Promise<string> {
  const { transport, server } = smtpTransport(url, timeoutMs);
  try {
    await transport.verify();
    return server;
  } catch (error) {
    throw smtpFault(error, server);
  } finally {
    transport.close();
  }
}

function smtpTransport(url: string, timeoutMs: number) {
  const { protocol, hostname, port, username, password } = new URL(url);
  const secure = protocol === 'smtps:';
  const number = Number(port) || (secure ? 465 : 587);
  const server = `${hostname}:${number}`;
  const transport = createTransport({
    host: hostname,
    port: number,
    secure,
    ...(username && { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }),
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    // Longer, so that a server which never greets is not taken for one that was silent after the mail.
    socketTimeout: 2 * timeoutMs,
  });
  return { transport, server };
}
