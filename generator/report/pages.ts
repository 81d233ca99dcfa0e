import { pMapIterable } from 'p-map';
import { daysBetween } from '#shared/calendar/days.ts';
import { ATTENTION_LIMIT, rankAttention } from '#shared/calls/attention.ts';
import { UNDATED } from '#shared/counts/fold.ts';
import { hasSeveral } from '#shared/figures/agent.ts';
import { type AgentCalls, noCalls } from '#shared/figures/agent-calls.ts';
import { agentsPage } from '#shared/figures/agents.ts';
import { agentOf, type Dataset } from '#shared/figures/dataset.ts';
import { overviewPage } from '#shared/figures/overview.ts';
import { qaPage } from '#shared/figures/qa.ts';
import { repeatCallers, repeatSpan } from '#shared/figures/repeat-callers.ts';
import { teamsAsAgents } from '#shared/figures/team-page.ts';
import { teamSums } from '#shared/figures/team-sums.ts';
import { topicsPage } from '#shared/figures/topics.ts';
import type { Call } from '#shared/model.ts';
import type { OverviewPage, PageView } from '#shared/view.ts';
import type { DayReader } from '../days/files.ts';
import { type PartyReader, partiesOn } from '../days/parties.ts';
import type { State } from '../days/state.ts';
import { aboutPage, calibrationPage, comparePage, notFoundPage, searchPage } from './about.ts';
import { agentIds, agentPage, wantedOf } from './agent.ts';
import { addDay } from './agent-calls.ts';
import { CALLS_LIMIT, callsPage, lineOf } from './calls.ts';
import { agentsData, overviewData, rulesData, siteData, statusData } from './data-files.ts';
import type { Report } from './report.ts';
import type { Notes } from './tell.ts';

/** Days read ahead. */
const DAYS_AT_ONCE = 4;

/** Every page but the calls' own. Made when they are asked for, one by one: whether one is rendered again is decided by its content. */
export async function* overviewPages(
  report: Report,
  state: State,
  notes: Notes,
  readDay: DayReader,
  readParties: PartyReader,
): AsyncGenerator<PageView> {
  const byTeam = teamsAsAgents(report);
  const { lastDay, newest, agents, teams } = await shownCalls(report, byTeam, readDay);
  const sums = teamSums(report, byTeam);
  yield overviewPage(report, attentionOf(report, lastDay), await repeatCallersOf(report, readParties));
  yield agentsPage(report);
  yield callsPage(report, newest);
  yield searchPage(report);
  yield aboutPage(report, state, notes);
  yield notFoundPage(report);
  for (const id of agentIds(report)) yield agentPage(report, id, agents.get(id) ?? noCalls(), report, sums);
  if (hasSeveral(report)) yield comparePage(report);
  for (const { name } of report.teams) yield agentPage(report, name, teams.get(name) ?? noCalls(), byTeam, sums);
  if (report.site.hasQa) {
    yield qaPage(report);
    yield calibrationPage(report);
  }
  if (report.site.hasTopics) yield topicsPage(report);
}

/** What needs attention of the calls of the window's last day. */
export function attentionOf(report: Report, calls: readonly Call[]): OverviewPage['attention'] {
  const ranked = rankAttention(calls, report.attention);
  return {
    day: report.window?.to,
    total: ranked.length,
    calls: ranked.slice(0, ATTENTION_LIMIT).map(({ call, reasons }) => lineOf(report, call, reasons)),
  };
}

/** Who called again and again up to the window's last day. */
async function repeatCallersOf(
  { window }: Report,
  readParties: PartyReader,
): Promise<OverviewPage['repeatCallers'] | undefined> {
  if (!window) return undefined;
  const { from, to } = repeatSpan(window.to);
  return repeatCallers(await partiesOn(daysBetween(from, to), readParties), to);
}

/** The single calls that pages show, in one pass over the days that hold them: no more days are held than are shown. */
async function shownCalls(report: Report, byTeam: Dataset, readDay: DayReader) {
  const { window } = report;
  const agents = new Map<string, AgentCalls>();
  const teams = new Map<string, AgentCalls>();
  const newest: Call[] = [];
  let lastDay: readonly Call[] = [];
  const wanted = wantedOf(report, report.attention);
  const wantedOfTeams = wantedOf(byTeam, report.attention);
  const days = wantedDays(report);
  for await (const [day, calls] of pMapIterable(days, async (each) => [each, await readDay(each)] as const, {
    concurrency: DAYS_AT_ONCE,
  })) {
    if (window && day >= window.from && day <= window.to) {
      addDay(agents, calls, wanted);
      addDay(teams, calls, wantedOfTeams, ({ agent }) => agentOf(report, agent).team);
    }
    if (day === window?.to) lastDay = calls;
    // One by one: a day may have more calls than a function takes arguments.
    if (newest.length < CALLS_LIMIT) for (const call of calls) newest.push(call);
  }
  if (report.undated) for (const call of await readDay(UNDATED)) newest.push(call);
  return { lastDay, newest, agents, teams };
}

/** Newest first: the window, and as many days as hold the calls that the list shows. */
function wantedDays({ sums, window }: Report): string[] {
  const wanted: string[] = [];
  let calls = 0;
  for (const day of sums.days.toReversed()) {
    if (calls < CALLS_LIMIT || (window && day >= window.from && day <= window.to)) wanted.push(day);
    calls += sums.day(day).counts.calls;
  }
  return wanted;
}

/** Site path → JSON of the data files that do not belong to one day. */
export function overviewFiles(report: Report, state: State, notes: Notes): Map<string, unknown> {
  return new Map<string, unknown>([
    ['/data/overview.json', overviewData(report)],
    ['/data/agents.json', agentsData(report)],
    ['/data/rules.json', rulesData(report)],
    ['/data/site.json', siteData(report)],
    ['/data/status.json', statusData(report, state, notes)],
  ]);
}
