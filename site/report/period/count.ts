import { addDays } from '#shared/calendar/days.ts';
import { isSame, type Range, withRange } from '#shared/calendar/range.ts';
import { windowOf } from '#shared/calendar/window.ts';
import { countParties, type DayCounts } from '#shared/counts/cube.ts';
import type { Dataset } from '#shared/figures/dataset.ts';
import { overviewPage } from '#shared/figures/overview.ts';
import { repeatCallers, repeatSpan } from '#shared/figures/repeat-callers.ts';
import { attentionIn, datasetOf, type SiteData } from '#shared/figures/site-data.ts';
import { isInTeams, teamDataset } from '#shared/figures/teams.ts';
import type { AgentPage, AgentsPage, OverviewPage, QaPage, TeamRef, TopicsPage, Window } from '#shared/view.ts';
import { groupBy } from '../browser/group.ts';
import type { Fetch } from '../data/fetch-cache.ts';
import { siteOf } from '../data/site-of.ts';
import type { Subject } from './agent-view.ts';
import { callsIn, type PlacedCall, wordsAbout } from './calls.ts';
import { daysIn, knownDays, weeksReach } from './days.ts';

export type FiguresView = OverviewPage | AgentsPage | QaPage | AgentPage | TopicsPage;

/** Which page is counted. */
export interface CountedPage {
  kind: FiguresView['kind'];
  /** Whom an agent's page is about. */
  subject?: Subject;
}

/** What makes a page of counted days alone: loaded for its own kind. */
const MAKERS: { [kind in 'agents' | 'qa' | 'topics']: () => Promise<(dataset: Dataset) => FiguresView> } = {
  agents: async () => (await import('#shared/figures/agents.ts')).agentsPage,
  qa: async () => (await import('#shared/figures/qa.ts')).qaPage,
  topics: async () => (await import('#shared/figures/topics.ts')).topicsPage,
};

/**
 * A page as the generator would have made it for another range.
 * @param teams whose calls alone are counted; none: everybody's. An agent's page and a team's leave them alone.
 */
export async function viewOf(
  { kind, subject }: CountedPage,
  range: Range,
  fetch: Fetch,
  teams: TeamRef[] = [],
): Promise<FiguresView> {
  const site = await siteOf(fetch);
  const window = site.window && isSame(range, site.window) ? site.window : windowOf(range, knownDays(site, range));
  const [days, calls, make] = await Promise.all([
    daysFor(kind, site, window, fetch),
    callsFor(kind, site, window, teams.length > 0, fetch),
    kind === 'overview' || kind === 'agent' ? undefined : MAKERS[kind](),
  ]);
  const whole = datasetOf(site, days, window);
  if (kind === 'agent') {
    if (!subject) throw new Error('missing agent: the page does not say whom it is about');
    const { agentView } = await import('./agent-view.ts');
    return agentView(site, whole, subject, calls, fetch);
  }
  if (teams.length === 0) return make ? make(whole) : overviewView(site, whole, window, calls, fetch);
  const { aboutRows } = await import('./about-rows.ts');
  const isCounted = isInTeams(site, teams);
  const counted = calls.filter(({ agent }) => isCounted(agent));
  const dataset = teamDataset(whole, teams, everyoneHref(kind, site, range), aboutRows(counted, site.dimensions));
  return make ? make(dataset) : overviewView(site, dataset, window, counted, fetch);
}

/** The same page and period, of everybody. */
const everyoneHref = (kind: Exclude<CountedPage['kind'], 'agent'>, { days, window }: SiteData, range: Range): string =>
  `${kind === 'overview' ? '/' : `/${kind}/`}${withRange('', range, { days, window: window ?? range })}`;

/** @param recent calls, those of the seven days that end with the window among them */
async function overviewView(
  site: SiteData,
  dataset: Dataset,
  { to }: Window,
  recent: readonly PlacedCall[],
  fetch: Fetch,
): Promise<OverviewPage> {
  const calls = groupBy(recent, ({ day }) => day);
  const lastDay = calls.get(to) ?? [];
  const words = await wordsAbout(lastDay, fetch);
  const attention = attentionIn(
    site,
    to,
    lastDay.map((call) => ({ ...call, ...words(call) })),
  );
  return overviewPage(
    dataset,
    attention,
    repeatCallers((day) => countParties(calls.get(day) ?? []), to),
  );
}

/** Days before a window that its means reach back to. */
const MEAN_REACH = 6;

/**
 * The calls of which a page tells more than days do: an agent's, those of the last seven days on the overview, and of teams all, since days say of everybody
 * together what calls are about. The period before, and the day a week before the last, are compared with.
 */
async function callsFor(
  kind: FiguresView['kind'],
  site: SiteData,
  { from, to, before }: Window,
  isOfTeams: boolean,
  fetch: Fetch,
): Promise<PlacedCall[]> {
  // The page of QA names a topic in its sentence alone.
  const tellsTopics =
    isOfTeams && kind !== 'agents' && site.dimensions.some(({ id }) => kind !== 'qa' || id === 'topic');
  if (kind === 'agent') return callsIn(site, { from, to }, fetch);
  if (kind !== 'overview' && !tellsTopics) return [];
  const recent = repeatSpan(to).from;
  const earliest = [recent, ...(tellsTopics ? [from, before?.from ?? from, addDays(to, -7)] : [])].sort()[0] ?? recent;
  return callsIn(site, { from: earliest, to }, fetch);
}

/** The days of a window with those that its means or weeks reach back to, and of those that it is compared with. */
function daysFor(
  kind: FiguresView['kind'],
  site: SiteData,
  { before, yearBefore, from, to }: Window,
  fetch: Fetch,
): Promise<Map<string, DayCounts>> {
  const reached = kind === 'agent' ? weeksReach({ from, to }) : { from: addDays(from, -MEAN_REACH), to };
  return daysIn(site, [{ from, to }, reached, before, yearBefore], fetch);
}
