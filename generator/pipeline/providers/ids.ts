import { sha256 } from '../../lib/bytes.ts';
import { isCallId } from '../keys.ts';

/** The id of a call whose own name may be anything: `rec-` and 16 hexadecimal digits of the name's SHA-256. */
export const hashedId = (name: string): string => `rec-${sha256(name).slice(0, 16)}`;

/** A provider's own id, or, where no key can have it, one made of it: nothing is refused for its id. */
export const callId = (own: string): string => (isCallId(own) ? own : hashedId(own));
