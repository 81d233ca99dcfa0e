import type { Range } from '#shared/calendar/range.ts';
import { span } from '#shared/format/format.ts';
import type { AgentRef, OnlyTeams, PageView, SiteView } from '#shared/view.ts';

/** What is printed. */
type Printed = Pick<PageView, 'kind' | 'title'> & {
  site: SiteView;
  window?: Range | undefined;
  only?: OnlyTeams | undefined;
  agent?: AgentRef;
};

/** Characters that end or escape a string of CSS, those that may not stand in one, and those of markup. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: line ends are what is meant
const SPECIAL = /["<>&\\\u0000-\u001f\u007f]/g;

/**
 * What stands at the foot of each printed sheet beside its number: what it is about, its period, and whose it is.
 * @returns a string of CSS, quoted; e.g., '"Ann · 1 – 28 Mar 2026 · Acme"'
 */
export function sheetFoot({ kind, title, site, window, only, agent }: Printed): string {
  const words = [
    title,
    ...(only?.teams.map(({ name }) => `team ${name}`) ?? []),
    window && span(window.from, window.to, site.locale),
    site.name,
    kind === 'compare' && 'confidential',
    kind === 'agent' && agent?.members === undefined && 'confidential, for a one-to-one',
  ]
    .filter(Boolean)
    .join(' · ');
  return `"${words.replace(SPECIAL, (character) => `\\${character.charCodeAt(0).toString(16)} `)}"`;
}
