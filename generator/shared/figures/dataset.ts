import type { RuleName } from '../counts/cube.ts';
import type { Sums } from '../counts/sums.ts';
import type { Dimension } from '../filter/dimension-id.ts';
import { type CallFilter, callsHref } from '../filter/filter.ts';
import type { AgentRef, OnlyTeams, SiteView, TeamRef, TrustView, Window } from '../view.ts';
import type { FigureLinks } from './lead-parts.ts';
import type { Columns } from './totals.ts';

/**
 * What the figures of overview, agents and QA are counted from. The generator has it of all days, a browser of those that it
 * has fetched: both count with the same functions, so this and what they import must not need Node.
 */
export interface Dataset {
  site: SiteView;
  columns: Columns;
  /** Every known agent of any day, by id. */
  agents: { [id: string]: AgentRef };
  /** Every team that one of them is in, by name. */
  teams: TeamRef[];
  /** Teams whose agents' calls alone are counted; see `teamDataset`. */
  only?: OnlyTeams;
  /** Every rule of any day, as last spelt, by identity. */
  rules: { [rule: string]: Pick<RuleName, 'name' | 'category' | 'weight'> };
  /** Identities of the critical rules. */
  critical: ReadonlySet<string>;
  /** What calls are told apart by. */
  dimensions: readonly Dimension[];
  /** First day with a call, whatever days are held here: no window and no mean reaches back before it. */
  first?: string;
  /** What agents did, by day. */
  sums: Sums;
  window?: Window;
  /** The window is another than pages are made for: somebody has chosen it. */
  isChosen?: boolean;
  trust: TrustView;
}

/** Whose calls those are of which nobody knows the agent. */
export const UNKNOWN_AGENT: AgentRef = { id: null, name: 'Unknown agent' };

/** An agent as shown. @param id "" or null for the unknown agent */
export const agentOf = ({ agents }: Pick<Dataset, 'agents'>, id: string | null): AgentRef =>
  (id !== null && Object.hasOwn(agents, id) ? agents[id] : undefined) ?? UNKNOWN_AGENT;

/** The calls of an agent, or of a team that is shown as one. */
export const callsOf = ({ id, members }: AgentRef): CallFilter =>
  members === undefined ? { agent: [id ?? ''] } : { team: [id ?? ''] };

/** The calls that figures are of, beside those of everybody. */
export const scopeOf = (only: OnlyTeams | undefined): CallFilter =>
  only ? { team: only.teams.map(({ name }) => name) } : {};

/** Makes links to the calls behind the figures of a dataset. */
export const linksOf =
  ({ only }: Pick<Dataset, 'only'>): FigureLinks =>
  (filter) =>
    callsHref({ ...scopeOf(only), ...filter });
