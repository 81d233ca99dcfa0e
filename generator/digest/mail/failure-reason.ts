import { strip } from '#shared/format/strip.ts';
import { messageOf } from '../../lib/errors.ts';

/**
 * What was thrown, as a clause without its full stop and on one line. The mail service names addresses, which are in no ledger and no log.
 * @param sender address that may be named
 */
export function reasonOf(error: unknown, sender?: string): string {
  const named = messageOf(error)
    .replace(/[^\s<>"'`,;:()[\]{}]+/g, (word) => (isAddress(word) && word !== sender ? '(address)' : word))
    .replace(/\s+/g, ' ');
  const line = strip(named, undefined, /[\s.]/);
  return line === '' ? 'no reason was given' : line;
}

/** Something before an @, and something after it. */
const isAddress = (word: string): boolean => word.slice(1, -1).includes('@');
