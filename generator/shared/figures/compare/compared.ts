import type { Range } from '#shared/calendar/range.ts';
import type { Checks } from '#shared/format/rate.ts';
import type { Phrase, SiteView } from '#shared/view.ts';
import type { AgentCounted } from '../agent.ts';

/** Agents who can be compared at once. */
export const MOST_COMPARED = 4;

/** What one agent's calls of a period come to, beside others. */
export interface Compared extends Pick<AgentCounted, 'agent' | 'totals' | 'weeks' | 'rules'> {
  /** The agent's name, with the id where several of the site have it. */
  name: string;
  period: Range;
  /** The weakest rules that were checked often enough. */
  weakest: AgentCounted['rules'];
}

/** A rule, and what came of it in each column. */
export interface ComparedRule {
  id: string;
  name: string;
  critical: boolean;
  checks: Checks[];
}

/** Several agents of one period, or one agent's two periods: then the first is compared with the second. */
export interface Comparison {
  of: 'agents' | 'periods';
  site: SiteView;
  lead: Phrase;
  columns: Compared[];
  /** Those with any evaluated call, the one that failed most often in any column first. */
  rules: ComparedRule[];
}
