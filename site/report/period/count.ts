import { monthOf } from '#shared/calendar/calendar.ts';
import { addDays } from '#shared/calendar/days.ts';
import { isSame, type Range } from '#shared/calendar/range.ts';
import { type KnownDays, windowOf } from '#shared/calendar/window.ts';
import { type CallColumns, decodeCalls } from '#shared/columns/calls.ts';
import { decodeWords, type WordColumns } from '#shared/columns/words.ts';
import { countParties, type DayCounts } from '#shared/counts/cube.ts';
import { type MonthData, unpackMonth } from '#shared/counts/month.ts';
import { agentsPage } from '#shared/figures/agents.ts';
import { overviewPage } from '#shared/figures/overview.ts';
import { qaPage } from '#shared/figures/qa.ts';
import { repeatCallers, repeatSpan } from '#shared/figures/repeat-callers.ts';
import { attentionIn, type CallWithWords, datasetOf, type SiteData } from '#shared/figures/site-data.ts';
import type { AgentsPage, OverviewPage, QaPage, Window } from '#shared/view.ts';
import { groupBy } from '../browser/group.ts';
import type { Fetch } from '../data/fetch-cache.ts';

export type FiguresView = OverviewPage | AgentsPage | QaPage;

export const siteOf = (fetch: Fetch): Promise<SiteData> => fetch<SiteData>('/data/site.json');

/** A page as the generator would have made it for another range. */
export async function viewOf(kind: FiguresView['kind'], range: Range, fetch: Fetch): Promise<FiguresView> {
  const site = await siteOf(fetch);
  const window = site.window && isSame(range, site.window) ? site.window : windowOf(range, knownDays(site, range));
  const [days, calls] = await Promise.all([
    daysFor(site, window, fetch),
    kind === 'overview' ? callsIn(site, repeatSpan(window.to), fetch) : [],
  ]);
  const dataset = datasetOf(site, days, window);
  if (kind === 'agents') return agentsPage(dataset);
  if (kind === 'qa') return qaPage(dataset);
  const byDay = groupBy(calls, ({ day }) => day);
  const attention = attentionIn(site, window.to, byDay.get(window.to) ?? []);
  const repeated = repeatCallers((day) => countParties(byDay.get(day) ?? []), window.to);
  return overviewPage(dataset, attention, repeated);
}

/** What there are calls of, and where the periods that have a name end. */
const knownDays = ({ days, window, site: { weekStart } }: SiteData, range: Range): KnownDays => ({
  first: days[0]?.[0] ?? range.from,
  last: window?.to ?? range.to,
  weekStart,
});

/** Days before a window that its means reach back to. */
const MEAN_REACH = 6;

/** The days of a window with those of its means, and of those that it is compared with. */
async function daysFor(site: SiteData, window: Window, fetch: Fetch): Promise<Map<string, DayCounts>> {
  const { before, yearBefore, from, to } = window;
  const spans = [{ from: addDays(from, -MEAN_REACH), to }, before, yearBefore].filter((span) => span !== undefined);
  const wanted = site.days
    .map(([day]) => day)
    .filter((day) => spans.some((span) => day >= span.from && day <= span.to));
  const months = [...new Set(wanted.map(monthOf))];
  const files = await Promise.all(months.map((month) => fetch<MonthData>(`/data/days/${month}.json`)));
  return new Map(files.flatMap(unpackMonth));
}

/** The calls of some days; those of the last one's month with the words about them. */
async function callsIn(site: SiteData, { from, to }: Range, fetch: Fetch): Promise<CallWithWords[]> {
  const days = site.days.map(([day]) => day).filter((day) => day >= from && day <= to);
  const months = [...new Set(days.map(monthOf))];
  const files = await Promise.all(
    months.map(async (month): Promise<CallWithWords[]> => {
      const [calls, words] = await Promise.all([
        fetch<CallColumns>(`/data/calls/${month}.json`),
        month === monthOf(to) ? fetch<WordColumns>(`/data/words/${month}.json`) : undefined,
      ]);
      const told = words && calls.stamp === words.stamp ? decodeWords(words) : [];
      return decodeCalls(calls).map((call, i) => ({ ...call, ...told[i] }));
    }),
  );
  return files.flat().filter(({ day }) => day !== null && day >= from && day <= to);
}
