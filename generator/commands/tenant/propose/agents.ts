import { inDomains } from '#shared/calls/parties.ts';
import { agreed, counts, extraOf, type SeenCall } from './seen.ts';

/** What is proposed of one agent. */
export interface SeenAgent {
  id: string;
  calls: number;
  name?: string;
  /** True where the name is made from the address. */
  nameGuessed?: true;
  team?: string;
}

/** Agents in one proposal; a larger organization has a list of its own. */
const MOST = 500;

/**
 * Agents of the calls, with what the data says of each. An agent who is a name already needs an entry only for a team.
 * @param seen read with the agents' domains
 * @returns agents with something to write, those with most calls first, and the ids of all
 */
export function seenAgents(
  seen: readonly SeenCall[],
  domains: readonly string[],
): { agents: SeenAgent[]; ids: string[]; teams: string[] } {
  const calls = Map.groupBy(
    seen.filter(({ call }) => call.agent !== null && (inDomains(call.agent, domains) || !call.agent.includes('@'))),
    ({ call }) => call.agent ?? '',
  );
  const ranked = counts([...calls].flatMap(([id, own]) => own.map(() => id)));
  const agents = ranked.slice(0, MOST).flatMap(([id, n]): SeenAgent[] => {
    const own = calls.get(id) ?? [];
    const known = agreed(own.flatMap((each) => extraOf(each, 'name') ?? []));
    const team = agreed(own.flatMap((each) => extraOf(each, 'team') ?? []));
    const guessed = known === undefined && id.includes('@') ? nameFrom(id) : undefined;
    const name = known ?? guessed;
    // Nothing in JSON may be called so: what reads it takes it for something else.
    if ((name === undefined && team === undefined) || id === '__proto__') return [];
    return [
      {
        ...{ id, calls: n },
        ...(name !== undefined && { name }),
        ...(guessed !== undefined && { nameGuessed: true as const }),
        ...(team !== undefined && { team }),
      },
    ];
  });
  const teams = [...new Set(agents.flatMap(({ team }) => team ?? []))].sort();
  return { agents, ids: [...calls.keys()], teams };
}

/** "owen.pritchard@…" as Owen Pritchard; undefined where what stands before the @ is no name. */
function nameFrom(id: string): string | undefined {
  const words = id.slice(0, id.lastIndexOf('@')).split(/[._-]+/);
  if (words.length > 4 || !words.every((word) => /^\p{L}{2,40}$/u.test(word))) return undefined;
  return words.map((word) => word.replace(/^./u, (first) => first.toUpperCase())).join(' ');
}
