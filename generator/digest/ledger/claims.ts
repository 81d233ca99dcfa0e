import { UserError } from '../../lib/errors.ts';
import { say } from '../../lib/printable.ts';
import { probeConditionalWrites } from '../../store/probe.ts';
import type { Store } from '../../store/store.ts';

/** The store cannot keep a claim, so no digest may be sent from it, of whatever organization. */
export class NoClaims extends UserError {}

/**
 * A claim is a create-only write, or one over the record as it was read: of several runs one must win each.
 * @throws {NoClaims} where the store lacks either
 */
export async function requireClaims(reports: Store): Promise<void> {
  const { createOnly, compareAndSwap } = await probeConditionalWrites(reports, 'mail/');
  if (createOnly && compareAndSwap) return;
  const lacking = [...(createOnly ? [] : ['If-None-Match: *']), ...(compareAndSwap ? [] : ['If-Match'])].join(' and ');
  throw new NoClaims([
    say`No digest was sent: ${reports.url} does not support conditional writes (${lacking}), by which a run claims each digest before it sends it, so two runs could both send one. Keep the reports in a store that supports them, such as Amazon S3 or a folder, then run digest again.`,
  ]);
}
