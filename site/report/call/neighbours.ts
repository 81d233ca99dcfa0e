import { type DayOrder, type Neighbour, neighboursOf, orderPath } from '#shared/columns/order.ts';
import { callsHref } from '#shared/filter/filter.ts';
import { moment } from '#shared/format/format.ts';
import { pageLocale } from '../browser/page-locale.ts';
import { cachedFetch } from '../data/fetch-cache.ts';

/** Put links to the calls before and after, and to those of the same caller, into the page; returns what follows one of them. */
export function showNeighbours(): (rel: 'prev' | 'next') => void {
  const nav = document.querySelector<HTMLElement>('.steps');
  const { day, agent, path, party, zone = 'UTC' } = nav?.dataset ?? {};
  const read = cachedFetch();
  const link = (rel: 'prev' | 'next', { path, started }: Neighbour) => {
    const when = moment(started, { locale: pageLocale(), timeZone: zone });
    const to = document.createElement('a');
    to.href = path;
    to.rel = rel;
    to.title = rel === 'prev' ? 'Previous call of this agent: [' : 'Next call of this agent: ]';
    to.textContent = rel === 'prev' ? `‹ ${when}` : `${when} ›`;
    to.setAttribute('aria-label', `${rel === 'prev' ? 'Previous' : 'Next'} call of this agent, ${when}`);
    nav?.append(to);
  };
  const linkCaller = (id: string, [calls, from, to]: [number, string, string]) => {
    const all = document.createElement('a');
    all.href = callsHref({ from, to, party: [id] });
    all.textContent = `one of ${calls} calls from this caller in 7 days`;
    nav?.firstElementChild?.after(' ', all);
  };
  if (day !== undefined && party !== undefined)
    read<DayOrder>(orderPath(day)).then(
      ({ callers }) => {
        const own = Object.hasOwn(callers, party) ? callers[party] : undefined;
        if (own) linkCaller(party, own);
      },
      () => undefined,
    );
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
