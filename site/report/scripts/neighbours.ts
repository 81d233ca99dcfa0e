import { fetchData } from '#lib/fetch-data.ts';
import { moment } from '#lib/format.ts';
import { type DayOrder, type Neighbour, neighboursOf } from '#lib/neighbours.ts';

/** Put links to the calls before and after into the page; returns what follows one of them. */
export function showNeighbours(): (rel: 'prev' | 'next') => void {
  const nav = document.querySelector<HTMLElement>('.steps');
  const { day, agent, path, zone = 'UTC' } = nav?.dataset ?? {};
  const link = (rel: 'prev' | 'next', { path, started }: Neighbour) => {
    const when = moment(started, { locale: document.documentElement.lang, timeZone: zone });
    const to = document.createElement('a');
    to.href = path;
    to.rel = rel;
    to.title = rel === 'prev' ? 'Previous call of this agent: [' : 'Next call of this agent: ]';
    to.textContent = rel === 'prev' ? `‹ ${when}` : `${when} ›`;
    to.setAttribute('aria-label', `${rel === 'prev' ? 'Previous' : 'Next'} call of this agent, ${when}`);
    nav?.append(to);
  };
  if (day !== undefined && agent !== undefined && path !== undefined)
    neighboursOf((file) => fetchData<DayOrder>(file), { day, agent, path }).then(
      ({ previous, next }) => {
        if (previous) link('prev', previous);
        if (next) link('next', next);
      },
      // The page is whole without them: the link to the day's calls stays.
      () => undefined,
    );
  return (rel) => nav?.querySelector<HTMLAnchorElement>(`a[rel=${rel}]`)?.click();
}
