/** A day's calls of each agent, in order: `data/order/<day>.json`. */
export interface DayOrder {
  /** "" is the unknown agent. */
  agents: { [agent: string]: AgentOrder };
  /** Of each outside party that called again within seven days, see `partyId`: its calls in these days, both ends included. */
  callers: { [party: string]: [calls: number, from: string, to: string] };
}

export interface AgentOrder {
  /** Page and start of each call, first to last; a start without an hour is its local day. */
  calls: [path: string, started: string][];
  /** The nearest days, earlier and later, with calls of this agent. */
  before?: string; // e.g., "2026-03-27"
  after?: string;
}

/** A call's page and start. */
export interface Neighbour {
  path: string;
  started: string;
}

export const orderPath = (day: string): string => `/data/order/${day}.json`;

/**
 * The call before and the call after, of the same agent.
 * @param read reads the file of a day
 */
export async function neighboursOf(
  read: (path: string) => Promise<DayOrder>,
  { day, agent, path }: { day: string; agent: string; path: string },
): Promise<{ previous?: Neighbour; next?: Neighbour }> {
  const order = async (each: string | undefined): Promise<AgentOrder | undefined> => {
    if (each === undefined) return undefined;
    const { agents } = await read(orderPath(each));
    return Object.hasOwn(agents, agent) ? agents[agent] : undefined;
  };
  const own = await order(day);
  const at = own?.calls.findIndex(([each]) => each === path) ?? -1;
  if (!own || at === -1) return {};
  const previous = own.calls[at - 1] ?? (at === 0 ? (await order(own.before))?.calls.at(-1) : undefined);
  const next = own.calls[at + 1] ?? (await order(own.after))?.calls[0];
  return { ...(previous && { previous: neighbour(previous) }), ...(next && { next: neighbour(next) }) };
}

const neighbour = ([path, started]: [string, string]): Neighbour => ({ path, started });
