import { type Calendar, isSame, type Range, readRange } from '#shared/calendar/range.ts';
import { MOST_COMPARED } from '#shared/figures/compare/compared.ts';
import { agentOf } from '#shared/figures/dataset.ts';
import type { SiteData } from '#shared/figures/site-data.ts';
import { andList, orList } from '#shared/format/english.ts';
import { count } from '#shared/format/format.ts';
import { outsideInWords } from '../period/outside.ts';
import { namedIn } from './address.ts';

/** What is to be compared. */
export interface Wanted {
  /** Ids of known agents, each once. */
  agents: string[];
  period: Range;
  /** Only of one agent. */
  against?: Range;
  /** What of the address cannot be shown, each in a sentence. */
  notes: string[];
}

/** Whether there is something to put side by side. */
export const isComparable = ({ agents, against }: Pick<Wanted, 'agents' | 'against'>): boolean =>
  agents.length > 1 || (agents.length === 1 && against !== undefined);

/** What an address asks for. What of it is not to be had is told, not passed over. */
export function readWanted(search: string, site: SiteData, calendar: Calendar): Wanted {
  const { locale } = site.site;
  const named = namedIn(search);
  const notes: string[] = [];
  const quoted = (ids: readonly string[]) => ids.map((id) => `“${id}”`);
  const nameOf = (id: string) => agentOf(site, id).name;
  const once = [...new Set(named.agents)];
  const unknown = once.filter((id) => !Object.hasOwn(site.agents, id));
  if (unknown.length > 0) notes.push(`No agent is called ${orList(quoted(unknown), locale)}.`);
  const known = once.filter((id) => Object.hasOwn(site.agents, id));
  const twice = known.filter((id) => named.agents.indexOf(id) !== named.agents.lastIndexOf(id));
  if (twice.length > 0)
    notes.push(`${andList(twice.map(nameOf), locale)} ${twice.length === 1 ? 'is' : 'are'} named twice: shown once.`);
  const agents = known.slice(0, MOST_COMPARED);
  const over = known.slice(MOST_COMPARED);
  if (over.length > 0)
    notes.push(
      `At most ${count(MOST_COMPARED, locale)} agents can be compared: ${andList(over.map(nameOf), locale)} ${over.length === 1 ? 'is' : 'are'} left out.`,
    );
  const asked = readRange(search, calendar);
  if (asked === 'outside') notes.push(outsideInWords(calendar, locale));
  const period = asked === 'outside' || asked === undefined ? calendar.window : asked;
  const second = named.against && readRange(`?${new URLSearchParams(named.against)}`, calendar);
  const isAgain = second && second !== 'outside' && isSame(second, period);
  if (agents.length > 1 && second) notes.push('A second period is shown for one agent alone: it is left out.');
  else if (second === 'outside')
    notes.push('The second period in this address has no days with calls: it is left out.');
  else if (isAgain) notes.push('Both periods in this address are the same: choose another one to compare with.');
  const against = agents.length === 1 && second !== 'outside' && !isAgain ? second : undefined;
  return { agents, period: { from: period.from, to: period.to }, ...(against && { against }), notes };
}
