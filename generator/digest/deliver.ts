import { setTimeout as sleep } from 'node:timers/promises';
import { sha256 } from '../lib/bytes.ts';
import { messageOf } from '../lib/errors.ts';
import type { Store } from '../store/store.ts';
import { freeze, thaw } from './frozen.ts';
import { type Claim, claim, type DigestKey, prepare, readRecord, settle } from './ledger.ts';
import type { Message } from './message.ts';
import { NotSent, Refused, type Transport } from './transport.ts';

/**
 * What became of one recipient's digest in this run. `already sent` and `taken`: by another run. `waiting`: for late data.
 * `unknown`: nobody knows whether it went out; it is never sent again by itself. `would send`: a dry run.
 */
export type DeliveryState =
  | 'sent'
  | 'already sent'
  | 'taken'
  | 'skipped'
  | 'waiting'
  | 'unknown'
  | 'failed'
  | 'would send';

export interface Delivery {
  state: DeliveryState;
  /** The transport's receipt. */
  file?: string;
  /** A sentence without its full stop, where the state does not say it all. */
  reason?: string;
  /** The service takes no more mail: the run sends nothing further. */
  stop?: boolean;
}

/** Where a run can die, in order. Dying at `claimed` or `answered` leaves a digest of which nobody knows whether it went out. */
export const POINTS = ['frozen', 'prepared', 'claimed', 'answered', 'settled', 'thawed'] as const;
export type Point = (typeof POINTS)[number];
/** The closed list of points after which nobody knows. */
export const AMBIGUOUS_POINTS: readonly Point[] = ['claimed', 'answered'];

/** What tests put in for the world's time, and for its end. */
export interface DeliverHooks {
  wait?: (ms: number) => Promise<unknown>;
  reached?: (point: Point) => Promise<void> | void;
}

/** Waits before each further try of a mail that certainly did not leave. */
const BACKOFF_MS = [500, 2_000, 8_000];

/** Freeze, prepare, claim, send, mark, thaw. Whatever happens after the claim, this digest is not sent a second time by itself. */
export async function deliver(
  reports: Store,
  transport: Transport,
  key: DigestKey,
  composed: Message,
  now: () => Date,
  { wait = sleep, reached = () => {} }: DeliverHooks = {},
): Promise<Delivery> {
  const bytes = await freeze(reports, key, composed.bytes);
  await reached('frozen');
  const message = { ...composed, bytes };
  const hash = { message: sha256(bytes) };
  await prepare(reports, key, now(), hash);
  await reached('prepared');
  const held = await claim(reports, key, 'sending', now(), hash);
  if (!held) {
    // The other run may have sent it and removed the bytes just before they were kept again here.
    const found = (await readRecord(reports, key))?.record;
    if (found !== 'unreadable' && found?.state === 'sent') await thaw(reports, key);
    return { state: 'taken' };
  }
  await reached('claimed');
  const answer = await attempt(transport, message, wait);
  await reached('answered');
  const delivery = await told(reports, held, answer, now);
  await reached('settled');
  if (delivery.state === 'sent' && held.record.message === hash.message) await thaw(reports, key);
  await reached('thawed');
  return delivery;
}

/** One send, and further ones only while it is certain that nothing left. */
async function attempt(transport: Transport, message: Message, wait: (ms: number) => Promise<unknown>) {
  for (let tries = 0; ; tries++) {
    try {
      return { receipt: (await transport.send(message)).id };
    } catch (error) {
      const pause = BACKOFF_MS[tries];
      if (!(error instanceof NotSent) || error.stop || !error.again || pause === undefined) return { error };
      await wait(pause * (0.75 + Math.random() / 2));
    }
  }
}

type Answer = { receipt: string } | { error: unknown };

/** Tell the ledger. The classes of error are the whole policy of what is tried again. */
async function told(reports: Store, held: Claim, answer: Answer, now: () => Date): Promise<Delivery> {
  if ('receipt' in answer) {
    const { receipt } = answer;
    try {
      await settle(reports, held, 'sent', now(), { receipt });
      return { state: 'sent', file: receipt };
    } catch (error) {
      const reason = `it was sent, but the ledger could not be told: ${messageOf(error)}`;
      return { state: 'unknown', file: receipt, reason };
    }
  }
  const { error } = answer;
  const reason = messageOf(error);
  if (error instanceof NotSent) {
    await settle(reports, held, 'prepared', now(), { reason });
    return { state: 'failed', reason, ...(error.stop && { stop: true }) };
  }
  if (error instanceof Refused) {
    await settle(reports, held, 'failed', now(), { reason });
    return { state: 'failed', reason: `the mail service refused it: ${reason}` };
  }
  await settle(reports, held, 'unknown', now(), { reason });
  return { state: 'unknown', reason };
}
