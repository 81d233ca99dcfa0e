import type { Call } from '../model.ts';
import { addressOf, agentId, isParty, numberOf } from './parties.ts';

type Ends = Pick<Call, 'direction' | 'from' | 'to' | 'agent'>;

/** As a call spells its outside party; absent where it cannot be told which end that is, or where that end is nobody's. */
function outsideParty({ direction, from, to, agent }: Ends): string | undefined {
  if (direction !== 'inbound' && direction !== 'outbound') return undefined;
  const [far, near] = direction === 'inbound' ? [from, to] : [to, from];
  const party = far !== undefined && agentId(far) === agent ? near : far;
  return party !== undefined && isParty(party) && agentId(party) !== agent ? party : undefined;
}

/** One party however it is spelt: the digits of a number, else the address. Of a masked one the pseudonym, which begins with "••". */
export const partyId = (party: string): string =>
  party.startsWith('••') ? party : (numberOf(party) ?? addressOf(party));

/** Who the outside party of a call is; calls of one party say the same. */
export function partyOf(call: Ends): string | undefined {
  const party = outsideParty(call);
  return party && partyId(party);
}
