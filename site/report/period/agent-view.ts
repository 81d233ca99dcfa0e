import { callLine } from '#shared/calls/call-line.ts';
import { factsOf, type RowFacts } from '#shared/calls/row-facts.ts';
import { agentPage, rulesToWorkOn, shownOf, toldBy } from '#shared/figures/agent.ts';
import { addCalls, MOST_LOOKED, noCalls } from '#shared/figures/agent-calls.ts';
import { agentOf, type Dataset } from '#shared/figures/dataset.ts';
import { attentionRules, type SiteData } from '#shared/figures/site-data.ts';
import { teamsAsAgents } from '#shared/figures/team-page.ts';
import type { AgentPage, Reason } from '#shared/view.ts';
import { groupBy } from '../browser/group.ts';
import type { Fetch } from '../data/fetch-cache.ts';
import { type PlacedCall, wordsAbout } from './calls.ts';

/** Whom a page is about, and what of it no period changes. */
export interface Subject {
  agent: string;
  /** A team: then its name is the id. */
  isTeam?: true;
  /** The agent's calls of any day. */
  callCount: number;
}

type Facts = RowFacts<PlacedCall>;

/**
 * An agent's page as the generator would have made it for the dataset's window, but for the examples of rules to work on: those are the calls whose pages
 * may have a note or a quote, see `withQuotes`.
 * @param calls all of the window
 */
export async function agentView(
  data: SiteData,
  dataset: Dataset,
  { agent, isTeam, callCount }: Subject,
  calls: readonly PlacedCall[],
  fetch: Fetch,
): Promise<AgentPage> {
  const attention = attentionRules(data);
  const own = calls.filter((call) => (isTeam ? agentOf(dataset, call.agent).team : call.agent) === agent);
  const subjects = isTeam ? teamsAsAgents(dataset) : dataset;
  const held = noCalls<Facts>();
  const wanted = {
    rules: rulesToWorkOn(subjects, agent),
    by: toldBy(dataset),
    attention,
    shows: () => true,
    examples: MOST_LOOKED,
  };
  const days = groupBy(own.map(factsOf), ({ day }) => day ?? '');
  for (const day of [...days.keys()].sort().reverse()) addCalls(held, days.get(day) ?? [], wanted);
  const { newest, best, worst } = held;
  const shown = [...newest, ...held.attention.worst.map(({ call }) => call), best, worst];
  const words = await wordsAbout(
    shown.filter((call) => call !== undefined),
    fetch,
  );
  const lines = {
    line: (call: Facts, reasons?: Reason[]) =>
      callLine({ ...call, ...words(call) }, agentOf(dataset, call.agent), attention, reasons),
    example: ({ path, id, day, started, durationSeconds }: Facts) => ({
      href: path,
      id,
      day,
      started,
      durationSeconds,
    }),
  };
  const view = agentPage(subjects, agent, shownOf(held, lines, attention), callCount);
  return { ...view, workOn: view.workOn.map((each) => ({ ...each, quotes: 'awaited' as const })) };
}
