import { type DayOrder, type Neighbour, neighboursOf, orderPath } from '#shared/columns/order.ts';
import { callsHref } from '#shared/filter/filter.ts';
import { moment } from '#shared/format/format.ts';
import { pageLocale } from '../browser/page-locale.ts';
import type { Fetch } from '../data/fetch-cache.ts';

/** What follows the link to the call before or after. */
export type Step = (rel: 'prev' | 'next') => void;

const stepsOf = () => document.querySelector<HTMLElement>('.steps');

/** Put a link to the calls of the same caller into the page, where there are several in seven days. */
export function showCaller(read: Fetch): void {
  const nav = stepsOf();
  const { day, party } = nav?.dataset ?? {};
  if (day === undefined || party === undefined) return;
  read<DayOrder>(orderPath(day)).then(
    ({ callers }) => {
      const own = Object.hasOwn(callers, party) ? callers[party] : undefined;
      if (!own) return;
      const [calls, from, to] = own;
      const all = document.createElement('a');
      all.href = callsHref({ from, to, party: [party] });
      all.textContent = `one of ${calls} calls from this caller in 7 days`;
      nav?.querySelector(':scope > a')?.after(' ', all);
    },
    () => undefined,
  );
}

/** Put links to the calls before and after, of the same agent, into the page. */
export function showNeighbours(read: Fetch): Step {
  const nav = stepsOf();
  const { day, agent, path, zone = 'UTC' } = nav?.dataset ?? {};
  const link = (rel: 'prev' | 'next', { path, started }: Neighbour) => {
    const when = moment(started, { locale: pageLocale(), timeZone: zone });
    const to = document.createElement('a');
    to.href = path;
    to.rel = rel;
    to.title = rel === 'prev' ? 'Previous call of this agent: p or [' : 'Next call of this agent: n or ]';
    to.textContent = rel === 'prev' ? `‹ ${when}` : `${when} ›`;
    to.setAttribute('aria-label', `${rel === 'prev' ? 'Previous' : 'Next'} call of this agent, ${when}`);
    nav?.append(to);
  };
  if (day !== undefined && agent !== undefined && path !== undefined)
    neighboursOf((file) => read<DayOrder>(file), { day, agent, path }).then(
      ({ previous, next }) => {
        if (previous) link('prev', previous);
        if (next) link('next', next);
      },
      // The page is whole without them: the link to the day's calls stays.
      () => undefined,
    );
  return (rel) => nav?.querySelector<HTMLAnchorElement>(`a[rel=${rel}]`)?.click();
}
