import { callsOf } from '#shared/figures/dataset.ts';
import type { CallFilter } from '#shared/filter/filter.ts';
import type { AgentPage } from '#shared/view.ts';

/** Whose calls the figures of an agent's page are of. */
export interface AgentFilters {
  /** The agent's calls of any day, of the period, and of the one before. */
  own: CallFilter;
  now: CallFilter;
  past: CallFilter;
  /** Everybody's that they are compared with: of any day, and of the period. */
  all: CallFilter;
  group: CallFilter;
  /** How those are called. */
  teamName: 'team' | 'everyone';
}

/** Filters for the links of an agent's page. */
export function agentFilters({ agent, window }: Pick<AgentPage, 'agent' | 'window'>): AgentFilters {
  const own = callsOf(agent);
  const all = agent.team ? { team: [agent.team] } : {};
  const period = { from: window?.from, to: window?.to };
  return {
    own,
    now: { ...own, ...period },
    past: { ...own, from: window?.before?.from, to: window?.before?.to },
    all,
    group: { ...all, ...period },
    teamName: agent.team ? 'team' : 'everyone',
  };
}
