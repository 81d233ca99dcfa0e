import { readRange } from '#shared/calendar/range.ts';
import type { SiteData } from '#shared/figures/site-data.ts';
import { callsHref } from '#shared/filter/filter.ts';
import { searchAddress } from '../find/search-request.ts';
import { keptNow } from '../kept/kept-now.ts';
import { ownViews, useView } from '../saved/own-views.ts';

/** Kinds of places in the order in which they are listed, with their headings. */
export const KINDS = {
  pages: 'Pages',
  views: 'Saved views',
  agents: 'Agents',
  teams: 'Teams',
  rules: 'Rules: the calls that failed them',
  calls: 'Calls',
  said: 'Transcripts',
  words: 'Summaries',
};

/** A place that somebody may go to. */
export interface Target {
  kind: keyof typeof KINDS;
  name: string;
  /** What tells it from others; searched too. */
  detail?: string;
  href: string;
  /** Told when somebody goes there. */
  chosen?: () => void;
}

/** The calls whose summary, topic, number or id has a text, as the page of all calls finds them. */
export const wordsTarget = (text: string): Target => ({
  kind: 'words',
  name: `Look for “${text.trim()}” in summaries`,
  href: callsHref({ text: text.trim() }),
});

/** The calls in which a text was said, as the page finds them that searches transcripts. */
export const saidTarget = (text: string): Target => ({
  kind: 'said',
  name: `Search all transcripts for “${text.trim()}”`,
  href: searchAddress({ text: text.trim(), filter: {} }),
});

/** Saved views: those that are configured, in their order, and then the reader's own, by name. */
export const viewTargets = ({ views }: SiteData): Target[] => [
  ...views.map((view) => ({ kind: 'views' as const, ...view })),
  ...ownViews(keptNow()).map((view) => ({
    kind: 'views' as const,
    ...view,
    detail: 'yours',
    chosen: () => useView(keptNow(), view),
  })),
];

/**
 * Agents, teams and rules of a site, by name. A rule leads to the calls of a period on which it failed.
 * @param search the page's query, which may have a period; without one it is the default
 */
export function namedTargets({ agents, teams, rules, window, days }: SiteData, search: string): Target[] {
  const requested = window && readRange(search, { days, window });
  const period = typeof requested === 'object' ? requested : window;
  const span = period && { from: period.from, to: period.to };
  const targets: Target[] = [];
  for (const { id, name, team, href } of Object.values(agents)) {
    const detail = [team, id !== name && id].filter(Boolean).join(' · ');
    if (href) targets.push({ kind: 'agents', name, ...(detail && { detail }), href });
  }
  for (const { name, href } of teams) targets.push({ kind: 'teams', name, href });
  for (const [id, { name, category }] of Object.entries(rules))
    targets.push({
      kind: 'rules',
      name,
      ...(category && { detail: category }),
      href: callsHref({ ...span, rule: [id] }),
    });
  return targets.sort((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }));
}
