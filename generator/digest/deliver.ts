import { sha256 } from '../lib/bytes.ts';
import { messageOf } from '../lib/errors.ts';
import type { Store } from '../store/store.ts';
import { claim, type DigestKey, settle } from './ledger.ts';
import type { Message } from './message.ts';
import { NotSent, type Transport } from './transport.ts';

/**
 * What became of one recipient's digest in this run. `already sent` and `taken`: by another run. `unknown`: nobody knows
 * whether it went out; it is never sent again by itself. `would send`: a dry run.
 */
export type DeliveryState = 'sent' | 'already sent' | 'taken' | 'skipped' | 'unknown' | 'failed' | 'would send';

export interface Delivery {
  state: DeliveryState;
  /** The transport's receipt. */
  file?: string;
  /** A sentence without its full stop, where the state does not say it all. */
  reason?: string;
}

/** Claim, send, mark. Whatever happens after the claim, this digest is not sent a second time by itself. */
export async function deliver(
  reports: Store,
  transport: Transport,
  key: DigestKey,
  message: Message,
  now: () => Date,
): Promise<Delivery> {
  const held = await claim(reports, key, 'sending', now(), { message: sha256(message.bytes) });
  if (!held) return { state: 'taken' };
  let receipt: string;
  try {
    receipt = (await transport.send(message)).id;
  } catch (error) {
    const reason = messageOf(error);
    if (!(error instanceof NotSent)) return { state: 'unknown', reason };
    await settle(reports, held, 'prepared', now(), {});
    return { state: 'failed', reason };
  }
  try {
    await settle(reports, held, 'sent', now(), { receipt });
  } catch (error) {
    return {
      state: 'unknown',
      file: receipt,
      reason: `it was sent, but the ledger could not be told: ${messageOf(error)}`,
    };
  }
  return { state: 'sent', file: receipt };
}
