// A reader's own views on the page of all calls, after those that are configured.
import { element } from '../browser/element.ts';
import { keptNow } from '../kept/kept-now.ts';
import { askViews } from './ask.ts';
import { ownViews, useView } from './own-views.ts';

/** Show them as they are kept now; nothing on other pages. */
export function listOwnViews(): void {
  if (location.pathname !== '/calls/') return;
  for (const old of document.querySelectorAll('.views .yours')) old.remove();
  const views = ownViews(keptNow());
  const list = document.querySelector('.views ul') ?? (views.length > 0 ? newList() : undefined);
  for (const view of views) {
    const link = element('a', { href: view.href }, view.name);
    link.addEventListener('click', () => useView(keptNow(), view));
    list?.append(element('li', { class: 'yours' }, link, element('span', { class: 'note' }, ' yours')));
  }
  if (views.length > 0) {
    const change = element('button', { type: 'button', class: 'link note' }, 'Rename or delete');
    change.addEventListener('click', () => void askViews(change));
    list?.append(element('li', { class: 'yours' }, change));
  }
  const nav = list?.closest<HTMLElement>('nav');
  if (nav) nav.hidden = nav.querySelector('li') === null;
}

/** Where none are configured. */
function newList(): HTMLElement {
  const list = element('ul', {});
  const head = element('h2', { id: 'views' }, 'Saved views');
  document
    .querySelector('.page-head')
    ?.append(element('nav', { class: 'views', 'aria-labelledby': 'views' }, head, list));
  return list;
}
