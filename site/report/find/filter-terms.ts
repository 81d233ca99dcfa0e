import type { SiteData } from '#shared/figures/site-data.ts';
import type { CallFilter } from '#shared/filter/filter.ts';
import { filterTerm } from '#shared/search/terms.ts';

/**
 * The terms of a filter as the index has them: of each group a call must have one. The index knows no teams: a team is its agents, as they are now.
 */
export function filterGroups(
  { agent, team, rule, result = 'failed', qa, topic }: CallFilter,
  site: SiteData,
): string[][] {
  const members = (name: string) => Object.keys(site.agents).filter((id) => site.agents[id]?.team === name);
  const outcomes = result === 'evaluated' ? (['failed', 'passed'] as const) : [result];
  return [
    agent?.map((id) => filterTerm('agent', id)),
    team?.flatMap(members).map((id) => filterTerm('agent', id)),
    rule?.flatMap((id) => outcomes.map((outcome) => filterTerm(outcome, id))),
    qa?.map((each) => filterTerm('qa', each)),
    topic?.map((each) => filterTerm('topic', each)),
  ].filter((group) => group !== undefined);
}
