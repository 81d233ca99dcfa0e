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

/** What stands at the foot of each printed sheet beside its number: what it is about, its period, and whose it is. */
export const sheetFoot = ({ kind, title, site, window, only, agent }: Printed): string =>
  [
    title,
    ...(only?.teams.map(({ name }) => `team ${name}`) ?? []),
    window && span(window.from, window.to, site.locale),
    site.name,
    kind === 'agent' && agent?.members === undefined && 'confidential, for a one-to-one',
  ]
    .filter(Boolean)
    .join(' · ');
