import type { Cube, RuleName } from '../counts/cube.ts';
import type { AgentRef, SiteView, TrustView, Window } from '../view.ts';
import type { Columns } from './totals.ts';

/** What figures need of one day. */
export type DatasetDay = Pick<Cube, 'agents'>;

/**
 * What the figures of overview, agents and QA are counted from. The generator has it of all days, a browser of those that it
 * has fetched: both count with the same functions, so this and what they import must not need Node.
 */
export interface Dataset {
  site: SiteView;
  columns: Columns;
  /** Every known agent of any day, by id. */
  agents: { [id: string]: AgentRef };
  /** Every rule of any day, as last spelt, by identity. */
  rules: { [rule: string]: Pick<RuleName, 'name' | 'category' | 'weight'> };
  /** Identities of the critical rules. */
  critical: ReadonlySet<string>;
  /** First day with a call, whatever days are held here: no window and no mean reaches back before it. */
  first?: string;
  /** By date, oldest first; calls without a start are in none. */
  days: Map<string, DatasetDay>;
  window?: Window;
  trust: TrustView;
}

/** Days of a span that have calls. */
export const cubesIn = <Day extends DatasetDay>(
  { days }: { days: Map<string, Day> },
  span: { from: string; to: string } | undefined,
): Day[] =>
  span === undefined ? [] : [...days].filter(([day]) => day >= span.from && day <= span.to).map(([, cube]) => cube);

/** Whose calls those are of which nobody knows the agent. */
export const UNKNOWN_AGENT: AgentRef = { id: null, name: 'Unknown agent' };

/** An agent as shown. @param id "" or null for the unknown agent */
export const agentOf = ({ agents }: Pick<Dataset, 'agents'>, id: string | null): AgentRef =>
  (id !== null && Object.hasOwn(agents, id) ? agents[id] : undefined) ?? UNKNOWN_AGENT;
