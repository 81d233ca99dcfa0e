import type { Range } from '#shared/calendar/range.ts';
import { filterQuery } from '#shared/filter/filter.ts';

/** What a comparison is of, as its address says it. */
export interface ComparedOf {
  /** Ids. */
  agents: readonly string[];
  /** The period; the usual one where the address has none. */
  period?: Range | undefined;
  /** The second period of one agent. */
  against?: Range | undefined;
}

const AGAINST = 'against';

/** Where these are compared: "/compare/?from=2026-03-01&to=2026-03-28&agent=ann&agent=bob". */
export function compareHref({ agents, period, against }: ComparedOf): string {
  const query = filterQuery({ from: period?.from, to: period?.to, agent: [...agents] });
  const second = against ? `${query === '' ? '?' : '&'}${AGAINST}=${against.from}..${against.to}` : '';
  return `/compare/${query}${second}`;
}

/** What an address names: as it stands there, whether there is such an agent or not. */
export function namedIn(search: string): { agents: string[]; against?: { from: string; to: string } } {
  const query = new URLSearchParams(search);
  const second = query.get(AGAINST);
  const [from = '', to = ''] = second?.split('..') ?? [];
  return { agents: query.getAll('agent'), ...(second !== null && { against: { from, to } }) };
}
