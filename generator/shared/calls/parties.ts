import type { Direction } from '../model.ts';

/** A party's address as ids are compared: lower case, without the display name, scheme, port and parameters of a SIP address. */
export function addressOf(party: string): string {
  const address = (/<([^<>]+)>/.exec(party)?.[1] ?? party)
    .trim()
    .toLowerCase()
    .replace(/^(sips?|mailto|tel):/, '');
  const [plain = ''] = address.split(/[;?]/, 1);
  return withoutPort(plain);
}

/** "ann@host:5060" without its port: what follows the last colon, where digits alone do, and an @ stands before. */
function withoutPort(address: string): string {
  const colon = address.lastIndexOf(':');
  const host = address.slice(address.lastIndexOf(':', colon - 1) + 1, Math.max(0, colon));
  return host.slice(0, -1).includes('@') && /^\d+$/.test(address.slice(colon + 1)) ? address.slice(0, colon) : address;
}

/** Whether a text is an address, and not a name. */
export const isAddress = (text: string): boolean => /@|\b(sips?|tel):/i.test(text);

/** A name as shown: trimmed, single spaces. */
export const agentName = (text: string): string => text.trim().replace(/\s+/g, ' ');

/** Identity of an agent: of an address the address, of a name the name in NFKC, single spaces, lower case. */
export const agentId = (text: string): string =>
  isAddress(text) ? addressOf(text) : agentName(text.normalize('NFKC')).toLowerCase();

/** Digits from which on a number in running text may be a party's. */
export const MIN_DIGITS = 6;

/** A number or an address; "anonymous" is neither, and nobody's. A name that was masked is neither. */
export const isParty = (party: string): boolean => /[\p{Nd}@]/u.test(party) && !party.startsWith('•••');

/** The digits of a party that is a number, also where it stands before a host: "sip:+441632960001@carrier.example". */
export function numberOf(party: string): string | undefined {
  const user = addressOf(party).split('@')[0] ?? '';
  const digits = user.replace(/\D/g, '');
  return digits.length >= MIN_DIGITS && !/\p{L}/u.test(user) ? digits : undefined;
}

/** Whether an address lies in one of the agents' domains or below one. */
export function inDomains(party: string | undefined, domains: readonly string[]): boolean {
  const at = party === undefined ? -1 : addressOf(party).lastIndexOf('@');
  if (party === undefined || at < 0) return false;
  const host = addressOf(party).slice(at + 1);
  return domains.some((domain) => host === domain || host.endsWith(`.${domain}`));
}

/** A known direction is kept; else it follows from which ends are agents'. */
export function directionOf(
  given: unknown,
  fromIsAgent: boolean,
  toIsAgent: boolean,
): { direction: Direction; derived: boolean } {
  if (given === 'inbound' || given === 'outbound' || given === 'internal') return { direction: given, derived: false };
  const derived = fromIsAgent ? (toIsAgent ? 'internal' : 'outbound') : toIsAgent ? 'inbound' : 'unknown';
  return { direction: derived, derived: derived !== 'unknown' };
}

/**
 * The end that is the agent's: the one in an agents' domain, the caller's where both are; else, for a known direction,
 * the end that the pipeline took for the agent, if it is an address or the one that the record names as agent.
 */
export function agentEnd(
  direction: Direction,
  from: string | undefined,
  to: string | undefined,
  domains: readonly string[],
  named?: string,
): 'from' | 'to' | undefined {
  if (inDomains(from, domains)) return 'from';
  if (inDomains(to, domains)) return 'to';
  if (direction === 'unknown') return undefined;
  const end = direction === 'inbound' ? 'to' : 'from';
  const party = end === 'from' ? from : to;
  if (party === undefined) return undefined;
  return party.includes('@') || (named !== undefined && agentId(named) === agentId(party)) ? end : undefined;
}
