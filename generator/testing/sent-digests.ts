import type { BuildContext } from '../build/context.ts';
import { outbox } from '../digest/mail/outbox.ts';
import type { SendOptions, SendOutcome } from '../digest/options.ts';
import { sendDigests } from '../digest/send.ts';
import { silentLog } from '../lib/console.ts';
import { codeVersion } from '../render/version.ts';
import { memoryStore } from '../store/memory.ts';
import type { Store } from '../store/store.ts';

/** Digests of the small organization of a story: who gets them, when they go out, and what has gone out. */

const RECIPIENTS = ['maria@example.com', 'sam@example.com'];

/** What a moment needs so that digests can be sent about it. */
export const withDigests = (): { config: object; codeVersion: string } => ({
  config: { digest: { recipients: RECIPIENTS.map((address) => ({ address })) } },
  codeVersion: codeVersion(),
});

/** The run by the clock about 30 March, on which the calls are, and that about the quiet day after it. */
const RUNS_AT = { calls: '2026-03-31T08:00:00Z', quiet: '2026-04-01T08:00:00Z' } as const;

export interface Mailbox {
  /** Send what is due then. */
  send(reports: Store, at: keyof typeof RUNS_AT, more?: Partial<SendOptions>): Promise<SendOutcome>;
  /** Mails that have left, whoever sent them, by the run that they are of. */
  sent(): { [at in keyof typeof RUNS_AT]: number };
}

/** An outbox that counts. */
export function mailbox({ config }: Pick<BuildContext, 'config'>): Mailbox {
  const counts = { calls: 0, quiet: 0 };
  const mails = outbox(memoryStore());
  return {
    sent: () => ({ ...counts }),
    send: (reports, at, more = {}) =>
      sendDigests({
        ...{ config, reports, mailUrl: 'file:unused', from: 'Reports <reports@cci.example>', log: silentLog },
        siteUrl: 'https://reports.example.com',
        transport: {
          ...mails,
          send(message) {
            counts[at]++;
            return mails.send(message);
          },
        },
        now: () => new Date(RUNS_AT[at]),
        ...more,
      }),
  };
}

export const EVERYBODY: number = RECIPIENTS.length;
