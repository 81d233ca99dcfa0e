import type { SiteData } from '#shared/figures/site-data.ts';
import { callsHref } from '#shared/filter/filter.ts';

/** Kinds of places in the order in which they are listed, with their headings. */
export const KINDS = { pages: 'Pages', agents: 'Agents', rules: 'Rules: the calls that failed them', calls: 'Calls' };

/** A place that somebody may go to. */
export interface Target {
  kind: keyof typeof KINDS;
  name: string;
  /** What tells it from others; searched too. */
  detail?: string;
  href: string;
}

/** Agents and rules of a site, by name. A rule leads to the calls of the default period on which it failed. */
export function namedTargets({ agents, rules, window }: SiteData): Target[] {
  const span = window && { from: window.from, to: window.to };
  const targets: Target[] = [];
  for (const { id, name, team, href } of Object.values(agents)) {
    const detail = [team, id !== name && id].filter(Boolean).join(' · ');
    if (href) targets.push({ kind: 'agents', name, ...(detail && { detail }), href });
  }
  for (const [id, { name, category }] of Object.entries(rules))
    targets.push({
      kind: 'rules',
      name,
      ...(category && { detail: category }),
      href: callsHref({ ...span, rule: [id] }),
    });
  return targets.sort((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }));
}
