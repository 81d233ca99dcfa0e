import { monthOf } from '#shared/calendar/calendar.ts';
import { partyId, partyOf } from '#shared/calls/party.ts';
import { type CallColumns, type CallRow, decodeCalls } from '#shared/columns/calls.ts';
import { agentOf } from '#shared/figures/dataset.ts';
import type { SiteData } from '#shared/figures/site-data.ts';
import { callsHref } from '#shared/filter/filter.ts';
import { englishLocaleOf } from '#shared/format/english.ts';
import { count, dayAndYear, duration, time } from '#shared/format/format.ts';
import { partyName } from '#shared/format/party-name.ts';
import { groupBy } from '../browser/group.ts';
import type { Fetch } from '../data/fetch-cache.ts';
import { findNames } from './names.ts';
import type { RequestedCall } from './requested-call.ts';
import type { Target } from './targets.ts';

/** Calls from which on no older month is looked through. */
export const ENOUGH_CALLS = 8;

/** What has been found so far, and the month that is looked through next; without one, all that need be have been. */
export interface FoundCalls {
  targets: Target[];
  /** Whether there are more calls than are told. */
  more: boolean;
  next?: string; // e.g., "2026-03"
}

/** The calls that somebody may mean, newest first; more with each month that is fetched. @throws where one cannot be */
export async function* findCalls(requested: RequestedCall, site: SiteData, fetch: Fetch): AsyncGenerator<FoundCalls> {
  const fits = testOf(requested, site);
  const months = fits ? monthsOf(requested, site) : [];
  const found: CallRow[] = [];
  for (const month of months) {
    yield { ...toldOf(requested, found, site), next: month };
    const rows = decodeCalls(await fetch<CallColumns>(`/data/calls/${month}.json`));
    found.push(...rows.filter((row) => fits?.(row)).reverse());
    if (found.length >= ENOUGH_CALLS) break;
  }
  yield toldOf(requested, found, site);
}

/** Newest first; calls without a start last. */
function monthsOf(requested: RequestedCall, site: SiteData): string[] {
  if ('days' in requested) return [...new Set(requested.days.map(monthOf))];
  const dated = [...new Set(site.days.map(([day]) => monthOf(day)))].reverse();
  return site.trust.undated > 0 ? [...dated, 'undated'] : dated;
}

/** Undefined where no agent is called as requested. */
function testOf(requested: RequestedCall, site: SiteData): ((row: CallRow) => boolean) | undefined {
  if ('days' in requested) {
    const days = new Set<string | null>(requested.days);
    if (requested.who === '') return ({ day }) => days.has(day);
    const agents = agentsCalled(requested.who, site);
    return agents.size > 0 ? ({ day, agent }) => days.has(day) && agents.has(agent ?? '') : undefined;
  }
  const { word, digits } = requested;
  return (row) =>
    row.id.toLowerCase().includes(word) ||
    partiesOf(row).some((party) => party.includes(word) || (digits !== undefined && party.includes(digits)));
}

function agentsCalled(who: string, { agents }: SiteData): Set<string> {
  const targets = Object.entries(agents).map(([id, { name }]): Target => ({ kind: 'agents', name, href: id }));
  return new Set(findNames(targets, who).map(({ target }) => target.href));
}

/** The outside party; both ends where it cannot be told which is. */
function partiesOf(row: CallRow): string[] {
  const party = partyOf(row);
  return party === undefined
    ? [row.from, row.to].flatMap((end) => (end && row.agent === null ? [partyId(end)] : []))
    : [party];
}

/** Lists of calls that belong together, then the calls. */
function toldOf(requested: RequestedCall, found: readonly CallRow[], site: SiteData): FoundCalls {
  const lists = 'days' in requested ? daysOf(found, requested.who !== '', site) : numbersOf(requested, found);
  const withId = 'word' in requested && requested.digits === undefined;
  const calls = found.slice(0, ENOUGH_CALLS).map((row) => callTarget(row, withId, site));
  return { targets: [...lists.slice(0, LISTS), ...calls], more: found.length > calls.length };
}

/** At most so many lists before the calls themselves. */
const LISTS = 3;

function daysOf(found: readonly CallRow[], isOfOne: boolean, site: SiteData): Target[] {
  const lists = groupBy(found, ({ day, agent }) => JSON.stringify(isOfOne ? [day, agent ?? ''] : [day]));
  const { locale } = site.site;
  return [...lists]
    .filter(([, calls]) => calls.length > 1)
    .map(([key, calls]) => {
      const [day = '', agent] = JSON.parse(key) as string[];
      const whose = agent === undefined ? '' : ` of ${agentOf(site, agent).name}`;
      return {
        kind: 'calls',
        name: `All ${count(calls.length, locale)} calls${whose} on ${dayAndYear(day, englishLocaleOf(locale))}`,
        href: callsHref({ from: day, to: day, ...(agent !== undefined && { agent: [agent] }) }),
      };
    });
}

/** None where the text fits so many that it is not one's. */
function numbersOf({ word, digits }: Extract<RequestedCall, { word: string }>, found: readonly CallRow[]): Target[] {
  const parties = [...new Set(found.flatMap((row) => partyOf(row) ?? []))].filter(
    (party) => party.includes(word) || (digits !== undefined && party.includes(digits)),
  );
  if (parties.length > LISTS) return [];
  return parties.map((party) => ({
    kind: 'calls',
    name: `All calls with ${partyName(party)}`,
    href: callsHref({ party: [party] }),
  }));
}

function callTarget(row: CallRow, withId: boolean, site: SiteData): Target {
  const { locale } = site.site;
  const start = row.started === undefined ? '' : `, ${time(row.started, site.site)}`;
  const party = partyOf(row);
  const facts = [
    party && partyName(party),
    row.durationSeconds !== undefined && duration(row.durationSeconds),
    withId && row.id,
  ];
  return {
    kind: 'calls',
    name: `${row.day === null ? 'Unknown start time' : `${dayAndYear(row.day, locale)}${start}`} · ${agentOf(site, row.agent).name}`,
    detail: facts.filter(Boolean).join(' · '),
    href: row.path,
  };
}
