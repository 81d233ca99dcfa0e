import { messageOf } from '../../lib/errors.ts';

/**
 * What was thrown, as a clause without its full stop and on one line. The mail service names addresses, which are in no ledger and no log.
 * @param sender address that may be named
 */
export function reasonOf(error: unknown, sender?: string): string {
  const line = messageOf(error)
    .replace(/[^\s<>"'`,;:()[\]{}]+@[^\s<>"'`,;:()[\]{}]+/g, (address) => (address === sender ? address : '(address)'))
    .replace(/\s+/g, ' ')
    .replace(/[\s.]+$/, '');
  return line === '' ? 'no reason was given' : line;
}
