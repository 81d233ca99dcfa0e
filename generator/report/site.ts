import { UNDATED } from '../days/fold.ts';
import type { State } from '../days/state.ts';
import type { DayReader } from '../days/update.ts';
import { daysBetween } from '../lib/time.ts';
import type { Call } from '../model.ts';
import { aboutPage, notFoundPage } from './about.ts';
import { agentIds, agentPage, agentsPage } from './agent.ts';
import { CALLS_LIMIT, callsPage } from './calls.ts';
import { agentsData, overviewData, rulesData, statusData } from './data.ts';
import { overviewPage } from './overview.ts';
import { qaPage } from './qa.ts';
import type { Report } from './report.ts';
import type { PageView } from './view.ts';

/** Every page but the calls' own. They are few, and cheap to make: whether one is rendered again is decided by its content. */
export async function overviewPages(report: Report, state: State, readDay: DayReader): Promise<PageView[]> {
  const { window } = report;
  const inWindow = await callsOf(
    readDay,
    window ? daysBetween(window.from, window.to).filter((day) => report.days.has(day)) : [],
  );
  const byAgent = Map.groupBy(inWindow, ({ agent }) => agent);
  const lastDay = window ? await readDay(window.to) : [];
  const pages: PageView[] = [
    overviewPage(report, lastDay),
    agentsPage(report),
    callsPage(report, await newestCalls(report, readDay)),
    aboutPage(report, state),
    notFoundPage(report),
    ...agentIds(report).map((id) => agentPage(report, id, byAgent.get(id) ?? [])),
  ];
  if (report.site.hasQa) pages.push(qaPage(report));
  return pages;
}

/** Site path → JSON of the data files that do not belong to one day. */
export function overviewFiles(report: Report): Map<string, unknown> {
  const refused = report.known.flatMap((each) => each.refused ?? []).sort((a, b) => (a.key < b.key ? -1 : 1));
  return new Map<string, unknown>([
    ['/data/overview.json', overviewData(report)],
    ['/data/agents.json', agentsData(report)],
    ['/data/rules.json', rulesData(report)],
    ['/data/status.json', statusData(report, refused)],
  ]);
}

export const dayFilePath = (day: string): string => `/data/calls/${day}.json`;

/** As many of the newest days as hold the calls that the list shows, and the calls without a start. */
async function newestCalls(report: Report, readDay: DayReader): Promise<Call[]> {
  const calls: Call[] = [];
  for (const day of [...report.days.keys()].reverse()) {
    if (calls.length >= CALLS_LIMIT) break;
    calls.push(...(await readDay(day)));
  }
  return report.undated ? [...calls, ...(await readDay(UNDATED))] : calls;
}

const callsOf = async (readDay: DayReader, days: readonly string[]): Promise<Call[]> =>
  (await Promise.all(days.map((day) => readDay(day)))).flat();
