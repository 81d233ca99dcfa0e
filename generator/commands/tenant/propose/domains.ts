import { addressOf, numberOf } from '#shared/calls/parties.ts';
import { hostOf, type SeenCall } from './seen.ts';

/** A domain in which one end of calls lies. */
export interface SeenDomain {
  domain: string; // e.g., "agents.example"
  /** Calls with an end in it. */
  calls: number;
  /** Different names before the @. */
  people: number;
}

/** Where anybody may have an address: never an organization's own. */
const PUBLIC =
  /^(gmail|googlemail|outlook|hotmail|live|msn|yahoo|icloud|me|aol|gmx|web|proton|protonmail|mail)\.[a-z.]+$/;
/** A domain is proposed where so many of the calls with an address have an end in it. */
const LEAST_SHARE = 0.1;
const LEAST_CALLS = 2;
const MOST = 20;

interface Tally {
  calls: number;
  people: Set<string>;
  /** Calls in which the end in it is the agent's by the direction or the record, and calls in which it is the other one's. */
  agents: number;
  others: number;
}

/**
 * Domains that are probably the agents': addresses with a person's name before the @, at one end of many calls, and not at the end
 * at which a known direction has the customer.
 * @param seen read without any agents' domain
 * @returns the most frequent first, and how many calls have an address at all
 */
export function guessDomains(seen: readonly SeenCall[]): { domains: SeenDomain[]; addressed: number } {
  const tallies = new Map<string, Tally>();
  let addressed = 0;
  for (const { call } of seen) {
    const ends = [
      { party: call.from, isAgent: { inbound: false, outbound: true, internal: true, unknown: undefined } },
      { party: call.to, isAgent: { inbound: true, outbound: false, internal: true, unknown: undefined } },
    ].map(({ party, isAgent }) => ({ party, isAgent: isAgent[call.direction] }));
    const all = [...ends, ...(call.agent === null ? [] : [{ party: call.agent, isAgent: true }])];
    const hosts = new Map<string, { people: string[]; isAgent: boolean | undefined }>();
    for (const { party, isAgent } of all) {
      const host = hostOf(party);
      if (party === undefined || host === undefined || numberOf(party) !== undefined) continue;
      const known = hosts.get(host) ?? { people: [], isAgent: undefined };
      hosts.set(host, { people: [...known.people, addressOf(party)], isAgent: known.isAgent || isAgent });
    }
    if (hosts.size > 0) addressed++;
    for (const [host, { people, isAgent }] of hosts) {
      const tally = tallies.get(host) ?? { calls: 0, people: new Set<string>(), agents: 0, others: 0 };
      tallies.set(host, tally);
      tally.calls++;
      if (isAgent === true) tally.agents++;
      if (isAgent === false) tally.others++;
      for (const party of people) tally.people.add(party);
    }
  }
  const least = Math.max(Math.min(LEAST_CALLS, addressed), LEAST_SHARE * addressed);
  const domains = [...tallies]
    .filter(([host, { calls, agents, others }]) => calls >= least && others <= agents && !PUBLIC.test(host))
    .map(([domain, { calls, people }]) => ({ domain, calls, people: people.size }))
    .sort((a, b) => b.calls - a.calls || (a.domain < b.domain ? -1 : 1));
  return { domains: domains.slice(0, MOST), addressed };
}
