import { setTimeout as sleep } from 'node:timers/promises';
import { sha256 } from '../../lib/bytes.ts';
import type { Store } from '../../store/store.ts';
import { reasonOf } from '../mail/failure-reason.ts';
import type { Message } from '../mail/message.ts';
import { NotSent, Refused, type Transport } from '../mail/transport.ts';
import { type Claim, claim, type DigestKey, prepare, readRecord, settle, standing } from './ledger.ts';
import { dropMessage, keepMessage } from './message-store.ts';

/**
 * What became of one recipient's digest in this run. `already sent` and `taken`: by another run. `waiting`: for late data.
 * `not sent`: it certainly did not leave, and the next run tries again. `failed`: refused for good. `unknown`: nobody knows whether it
 * went out; neither is sent again by itself. `would send`: a dry run.
 */
export type DeliveryState =
  | 'sent'
  | 'already sent'
  | 'taken'
  | 'skipped'
  | 'waiting'
  | 'not sent'
  | 'unknown'
  | 'failed'
  | 'would send';

export interface Delivery {
  state: DeliveryState;
  /** The transport's receipt. */
  file?: string;
  /** A sentence without its full stop, where the state does not say it all. */
  reason?: string;
  /** No other mail would leave either: nothing further is tried. */
  stop?: boolean;
}

/** Where a run can die, in order. Dying at `claimed` or `answered` leaves a digest in state unknown: it may have gone out. */
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
  const bytes = await keepMessage(reports, key, composed.bytes);
  await reached('frozen');
  const message = { ...composed, bytes };
  const hash = { message: sha256(bytes) };
  await prepare(reports, key, now(), hash);
  await reached('prepared');
  const held = await claim(reports, key, 'sending', now(), hash);
  if (!held) {
    const found = await takenBy(reports, key, now());
    // The other run may have sent it and removed the bytes just before they were kept again here.
    if (found.state === 'already sent') await dropMessage(reports, key);
    return found;
  }
  await reached('claimed');
  const answer = await attempt(transport, message, wait);
  await reached('answered');
  const delivery = await told(reports, held, answer, now, message);
  await reached('settled');
  // What is left there goes with a later run: this one has been decided.
  if (delivery.state === 'sent') await dropMessage(reports, key).catch(() => {});
  await reached('thawed');
  return delivery;
}

/** What another run has made of a digest that this one could not claim. */
async function takenBy(reports: Store, key: DigestKey, now: Date): Promise<Delivery> {
  const found = (await readRecord(reports, key))?.record;
  const stands = standing(found, now);
  if (stands === 'sent') return { state: 'already sent' };
  if (stands === 'not sent')
    return { state: stands, reason: 'another run claimed it and could not send it. The next run tries again' };
  const reason = found === 'unreadable' ? undefined : found?.reason;
  return { state: stands, ...(reason !== undefined && { reason }) };
}

/** One send, and further ones only while it is certain that nothing left. */
async function attempt(transport: Transport, message: Message, wait: (ms: number) => Promise<unknown>) {
  for (let tries = 0; ; tries++) {
    try {
      return { receipt: (await transport.send(message)).id };
    } catch (error) {
      const pause = BACKOFF_MS[tries];
      if (!(error instanceof NotSent) || !error.again || pause === undefined) return { error };
      await wait(pause * (0.75 + Math.random() / 2));
    }
  }
}

type Answer = { receipt: string } | { error: unknown };

/** Tell the ledger. Where it cannot be told, the claim stands, and with it that nobody knows. */
async function told(
  reports: Store,
  held: Claim,
  answer: Answer,
  now: () => Date,
  { from }: Pick<Message, 'from'>,
): Promise<Delivery> {
  const { record, ...delivery } = outcomeOf(answer, from);
  try {
    await settle(reports, held, record, now(), { reason: delivery.reason, receipt: delivery.file });
    return delivery;
  } catch (error) {
    const became = delivery.state === 'sent' ? 'it was sent' : (delivery.reason ?? delivery.state);
    const reason = `${became}, but the ledger could not be written: ${reasonOf(error, from)}`;
    return { ...delivery, state: 'unknown', reason };
  }
}

/**
 * The classes of error are the whole policy of what is tried again.
 * @param from the sender's address, which may be named
 */
export function outcomeOf(
  answer: Answer,
  from: string,
): Delivery & { record: 'sent' | 'prepared' | 'failed' | 'unknown' } {
  if ('receipt' in answer) return { record: 'sent', state: 'sent', file: answer.receipt };
  const { error } = answer;
  const reason = reasonOf(error, from);
  if (error instanceof NotSent)
    return { record: 'prepared', state: 'not sent', reason, ...(error.stop && { stop: true }) };
  if (error instanceof Refused)
    return { record: 'failed', state: 'failed', reason: `the mail service rejected it: ${reason}` };
  return { record: 'unknown', state: 'unknown', reason };
}
