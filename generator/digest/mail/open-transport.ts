import { UserError } from '../../lib/errors.ts';
import { say } from '../../lib/printable.ts';
import { fileStore } from '../../store/file.ts';
import { mailUrlProblem } from './mail-url.ts';
import { outbox } from './outbox.ts';
import type { Transport } from './transport.ts';

/** The way that `CCI_MAIL_URL` names. @throws {UserError} for one that does not exist; the value may hold a password */
export function openTransport(url: string): Transport {
  const wrong = mailUrlProblem(url);
  if (wrong !== undefined) throw new UserError([say`CCI_MAIL_URL: its value ${wrong}.`]);
  if (url.startsWith('file:')) return outbox(fileStore(url));
  // Loaded only by those who send that way: the SDK alone takes as long as all else.
  return url.startsWith('ses:')
    ? lazy(async () => (await import('./ses.ts')).ses(url))
    : lazy(async () => (await import('./smtp.ts')).smtp(url));
}

/** @param open called before the first mail */
function lazy(open: () => Promise<Transport>): Transport {
  let opened: Promise<Transport> | undefined;
  const opening = () => {
    opened ??= open();
    return opened;
  };
  return {
    send: async (message) => (await opening()).send(message),
    close: async () => (await opened)?.close(),
  };
}
