import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

/** What a ticket lets somebody do: read one recording, for a while. */
interface Admitted {
  organization: string;
  user: string;
  /** Of the recording, in the store. */
  key: string; // e.g., "org_12/audio/c-1.mp3"
}

/** Tickets for recordings that the gate itself sends. They are good only beside a session of the same person and organization. */
export interface Tickets {
  /** @param until in ms since the epoch */
  make(admitted: Admitted, until: number): string;
  /** Whether a text is a ticket for exactly this, which has not ended. */
  accepts(ticket: string, admitted: Admitted): boolean;
}

const TICKET = /^([0-9a-z]{1,10})-([0-9a-f]{64})$/;

/**
 * All processes of a gate make the same tickets, as they have the same secret of Clerk's; nobody who has a ticket can tell it from that.
 * @param secret of Clerk; the key of tickets is derived from it
 */
export function ticketsOf(secret: string, now: () => number = Date.now): Tickets {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'CCI Lite Reports: tickets for recordings', 32));
  const signatureOf = ({ organization, user, key: object }: Admitted, until: string) =>
    createHmac('sha256', key)
      .update(JSON.stringify([organization, user, object, until]))
      .digest();
  return {
    make(admitted, until) {
      const end = Math.ceil(until).toString(36);
      return `${end}-${signatureOf(admitted, end).toString('hex')}`;
    },
    accepts(ticket, admitted) {
      const [, end = '', signature = ''] = TICKET.exec(ticket) ?? [];
      if (end === '' || now() >= Number.parseInt(end, 36)) return false;
      return timingSafeEqual(Buffer.from(signature, 'hex'), signatureOf(admitted, end));
    },
  };
}
