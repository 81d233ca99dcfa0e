import type { Range } from '#shared/calendar/range.ts';
import { span } from '#shared/format/format.ts';
import type { PageView, SiteView } from '#shared/view.ts';

/** What is printed. */
type Printed = Pick<PageView, 'kind' | 'title'> & { site: SiteView; window?: Range | undefined };

/** What stands at the foot of each printed sheet beside its number: what it is about, its period, and whose it is. */
export const sheetFoot = ({ kind, title, site, window }: Printed): string =>
  [
    title,
    window && span(window.from, window.to, site.locale),
    site.name,
    kind === 'agent' && 'confidential, for a one-to-one',
  ]
    .filter(Boolean)
    .join(' · ');
