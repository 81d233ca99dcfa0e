import { UserError } from '../../lib/errors.ts';
import { fileStore } from '../../store/file.ts';
import { PreconditionFailed, type Store } from '../../store/store.ts';
import { mailUrlProblem } from './mail-url.ts';
import type { Message } from './message.ts';
import { writeIndex } from './outbox.ts';

/** A way for mail to leave. */
export interface Transport {
  /**
   * Send once, with no retry of its own.
   * @returns the receipt: what the mail is known by where it went
   * @throws {NotSent} where it certainly did not leave; anything else thrown means that nobody knows
   */
  send(message: Message): Promise<{ id: string }>;
  /** Called once at the end of a run. */
  close(): Promise<void>;
}

/** The mail certainly did not leave: it may be tried again. */
export class NotSent extends Error {
  /** Whether another try in a moment may help. */
  readonly again: boolean;
  /** Whether no other mail would leave either: then nothing further is tried. */
  readonly stop: boolean;

  constructor(message: string, { again = false, stop = false } = {}) {
    super(message);
    this.again = again;
    this.stop = stop;
  }
}

/** The service has refused this mail for good; it did not leave, and trying again would not help. */
export class Refused extends Error {}

/** The way that `CCI_MAIL_URL` names. @throws {UserError} for one that does not exist; the value may hold a password */
export function openTransport(url: string): Transport {
  const wrong = mailUrlProblem(url);
  if (wrong !== undefined) throw new UserError([`CCI_MAIL_URL: its value ${wrong}.`]);
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

/** A folder of `.eml` files, each with its HTML beside it, and an index to browse them. */
export function outbox(store: Store): Transport {
  let isNew = false;
  return {
    async send(message) {
      const name = `${message.date}-${message.organization}-${message.id}`;
      const file = `${name}.eml`;
      try {
        await store.put(file, message.bytes, { ifNoneMatch: '*' });
        isNew = true;
      } catch (error) {
        // It lies there already: it was sent, whatever the ledger knew of it.
        if (error instanceof PreconditionFailed) return { id: file };
        throw new NotSent(
          `the outbox ${store.url} cannot be written: ${error instanceof Error ? error.message : error}`,
        );
      }
      // Only to read in a browser: whatever becomes of it, the mail has been delivered.
      await store.put(`${name}.html`, message.html).catch(() => {});
      return { id: file };
    },
    close: async () => (isNew ? writeIndex(store) : undefined),
  };
}
