import { filterableOf } from '#shared/calls/filterable.ts';
import { factsOf } from '#shared/calls/row-facts.ts';
import type { CallRow } from '#shared/columns/calls.ts';
import type { CallWords } from '#shared/columns/words.ts';
import { agentOf } from '#shared/figures/dataset.ts';
import { attentionRules, type SiteData } from '#shared/figures/site-data.ts';
import type { FilterableCall } from '#shared/filter/match.ts';
import type { AgentRef } from '#shared/view.ts';

/** One call of the list: what filters look at, and what is shown of it. */
export interface ListedCall extends FilterableCall {
  row: CallRow;
  who: AgentRef;
  month: string;
  /** Present once the words of its month have been fetched. */
  words?: CallWords;
  /** What a text is looked for in; made when first asked for. */
  haystack?: string;
}

/** Of the rows of one month, oldest first, the calls of a list, newest first. */
export function listedCalls(rows: readonly CallRow[], month: string, site: SiteData): ListedCall[] {
  const attention = attentionRules(site);
  const agents = new Map<string, AgentRef>();
  const calls = rows.map((row): ListedCall => {
    const id = row.agent ?? '';
    const who = agents.get(id) ?? agentOf(site, id);
    agents.set(id, who);
    // Not spread: the hour is told only where somebody asks for it.
    const facts = filterableOf(factsOf(row), attention, who.team, site.site.timeZone, row.insights);
    return Object.assign(facts, { row, who, month });
  });
  return calls.reverse();
}

/** A rule's name as last spelt. */
export const ruleName = ({ rules }: SiteData, id: string): string =>
  (Object.hasOwn(rules, id) ? rules[id]?.name : undefined) ?? id;
