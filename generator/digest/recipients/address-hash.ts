import { sha256 } from '../../lib/bytes.ts';
import { asciiAddress } from '../../lib/mail-address.ts';

/** Of an address, whatever its organization: a mailbox that bounces does so for all. One address in two spellings has one hash. */
export const addressHash = (address: string): string =>
  sha256(asciiAddress(plainAddress(address)).toLowerCase()).slice(0, 32);

/** SES writes an address as the header had it, which may be with a name: `"Ann Lee" <ann@example.com>`. */
const plainAddress = (text: string): string => (/<([^<>]*)>\s*$/.exec(text)?.[1] ?? text).trim();
