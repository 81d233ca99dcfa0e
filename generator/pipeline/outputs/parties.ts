import { agentName, directionOf, inDomains, numberOf } from '#shared/calls/parties.ts';
import type { Recording } from '../ports.ts';

/** Whose numbers and addresses are the organization's own. */
export interface Own {
  agentDomains: readonly string[];
  agentNumbers: readonly string[];
}

export interface Ends {
  from: string | null;
  to: string | null;
  direction: 'inbound' | 'outbound' | 'internal' | 'unknown';
}

/** Reserved: no mail ever goes there. */
const NO_DOMAIN = 'agents.invalid';

/**
 * Who called whom. The direction is as the provider says, else it follows from whose the ends are. Where the agent's end is a number, and
 * the provider knows the agent, the agent stands there.
 */
export function endsOf(recording: Omit<Recording, 'raw'>, own: Own): Ends {
  const ends = { from: recording.from || null, to: recording.to || null };
  const { direction } = directionOf(recording.direction, isOwn(ends.from, own), isOwn(ends.to, own));
  const { agent } = recording;
  const end = direction === 'inbound' ? 'to' : 'from';
  if (!agent || direction === 'unknown' || ends[end]?.includes('@')) return { ...ends, direction };
  const address = agent.includes('@') ? agent : addressOf(agent, own.agentDomains[0] ?? NO_DOMAIN);
  return { ...ends, ...(address && { [end]: address }), direction };
}

/** Whether an end is the organization's own. */
export function isOwn(party: string | null | undefined, { agentDomains, agentNumbers }: Own): boolean {
  if (!party) return false;
  if (inDomains(party, agentDomains)) return true;
  // An extension has few digits.
  const number = (text: string) => numberOf(text) ?? text.replaceAll(/[\s().-]/g, '');
  return agentNumbers.some((each) => number(each) === number(party));
}

function addressOf(agent: string, domain: string): string | undefined {
  const local = agentName(agent.normalize('NFKC'))
    .toLowerCase()
    .replaceAll(' ', '.')
    .replaceAll(/[^\p{L}\p{M}\p{N}._-]/gu, '');
  return local ? `${local}@${domain}` : undefined;
}
