import type { SiteData } from '#shared/figures/site-data.ts';
import { count } from '#shared/format/format.ts';
import { pageLocale } from '../../browser/page-locale.ts';
import { inWords } from '../../browser/reader-error.ts';
import type { Fetch } from '../../data/fetch-cache.ts';
import { listHref, readRequest, requestQuery } from '../../explorer/list-request.ts';
import type { Step } from '../neighbours.ts';
import { stepsPlace } from '../steps-place.ts';
import { findList } from './find-list.ts';

/**
 * Put into the page which call of its list this is, with links to the one before, the one after, and the list.
 * @returns undefined where the address asks for no list, or where it could not be loaded, which is said: the page then gets what it has without one
 */
export async function showList(read: Fetch): Promise<Step | undefined> {
  const request = readRequest(location.search);
  const query = requestQuery(request);
  if (query === '' && request.ignored.length === 0) return undefined;
  const box = document.createElement('span');
  box.className = 'list-steps';
  const said = document.createElement('span');
  said.role = 'status';
  said.textContent = 'Looking for this call in its list…';
  box.append(said);
  stepsPlace().prepend(box);
  if (request.sample !== undefined) box.after(unveil());
  try {
    const calls = await findList(request, await read<SiteData>('/data/site.json'), read);
    show(
      said,
      calls.map(({ row }) => row.path),
      listHref(request),
    );
    if (request.ignored.length > 0) said.append(` Unknown filters are ignored: ${request.ignored.join(', ')}.`);
    return (rel) => box.querySelector<HTMLAnchorElement>(`a[rel=${rel}]`)?.click();
  } catch (error) {
    said.textContent = inWords(error, 'The list of this call could not be loaded');
    return undefined;
  }
}

/** @param list the address at which all of it is shown */
function show(said: HTMLElement, paths: readonly string[], list: string): void {
  const at = paths.findIndex((path) => new URL(path, location.href).pathname === location.pathname);
  const all = document.createElement('a');
  all.href = list;
  const total = count(paths.length, pageLocale());
  if (at === -1) {
    all.textContent = `list of ${total} ${paths.length === 1 ? 'call' : 'calls'}`;
    said.replaceChildren('This call is no longer in its ', all);
    if (paths[0] !== undefined) said.after(link('next', 'First ›', 'First call of the list', paths[0]));
    return;
  }
  all.textContent = `${count(at + 1, pageLocale())} of ${total}`;
  all.title = 'Back to the list';
  all.setAttribute('aria-label', `Call ${all.textContent}, back to the list`);
  said.replaceChildren(all);
  const [before, after] = [paths[at - 1], paths[at + 1]];
  if (before !== undefined) said.before(link('prev', '‹ Previous', 'Previous call of the list', before));
  if (after !== undefined) said.after(link('next', 'Next ›', 'Next call of the list', after));
}

function link(rel: 'prev' | 'next', text: string, name: string, path: string): HTMLAnchorElement {
  const own = new URLSearchParams(location.search);
  // The mark of a digest's links was looked at when this page was asked for.
  own.delete('o');
  const to = document.createElement('a');
  to.href = `${path}?${own}`;
  to.rel = rel;
  to.textContent = text;
  to.title = `${name}: ${rel === 'prev' ? 'p or [' : 'n or ]'}`;
  to.addEventListener('click', (event) => {
    if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    // However many calls somebody goes through, "back" leads to the list.
    location.replace(to.href);
  });
  return to;
}

/** A call of a sample is judged before anybody sees what the report says of it; then both can be compared. */
function unveil(): HTMLButtonElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'link';
  button.textContent = 'Show the report’s results';
  button.addEventListener('click', () => {
    document.documentElement.classList.remove('blind');
    button.remove();
  });
  return button;
}
