import type { SavedView } from '#shared/view.ts';
import sheet from '../../styles/saved.css?url';
import { element } from '../browser/element.ts';
import { loadSheet } from '../browser/load-sheet.ts';
import { cachedFetch } from '../data/fetch-cache.ts';
import { siteOf } from '../data/site-of.ts';
import { LIVES } from '../kept/kept.ts';
import { keptNow } from '../kept/kept-now.ts';
import { dropView, LONGEST, ownViews, saveView, useView, VIEWS_CHANGED } from './own-views.ts';
import { viewAddress } from './view-address.ts';

const fetch = cachedFetch();

/** Open the dialog of the reader's own views: what the page shows is saved under a name, and others are opened, renamed and deleted. */
export async function openViews(): Promise<void> {
  const [site] = await Promise.all([siteOf(fetch), loadSheet(sheet)]);
  const address = viewAddress(location.pathname, location.search, site);
  const close = element('button', { type: 'button', class: 'button' }, 'Close');
  const status = element('p', { class: 'saved-status', role: 'status' });
  const list = element('ul', { class: 'saved-list', 'aria-label': 'Your saved views' });
  const begin =
    'refused' in address
      ? element('p', { class: 'note' }, address.refused)
      : nameForm('', 'Save this view', (name) => keep({ name, href: address.href }));

  /** Keep a view under a name. @returns whether it is kept; else the dialog says why */
  function keep(view: SavedView, was?: string): boolean {
    const problem = saveView(keptNow(), view, was);
    status.textContent = problem ?? (was === undefined ? 'Saved.' : 'Renamed.');
    status.classList.toggle('worse', problem !== undefined);
    if (problem === undefined) draw();
    return problem === undefined;
  }

  function draw(): void {
    list.replaceChildren(...ownViews(keptNow()).map((view) => rowOf(view, keep, remove)));
    list.hidden = list.childElementCount === 0;
    document.dispatchEvent(new Event(VIEWS_CHANGED));
  }

  function remove(view: SavedView): void {
    dropView(keptNow(), view.name);
    draw();
    const undo = element('button', { type: 'button', class: 'link' }, 'Undo');
    undo.addEventListener('click', () => keep(view));
    status.classList.remove('worse');
    status.replaceChildren(`“${view.name}” deleted. `, undo);
    undo.focus();
  }

  const box = element(
    'dialog',
    { class: 'keys-dialog', 'aria-labelledby': 'saved-head' },
    element('div', { class: 'keys-head' }, element('h2', { id: 'saved-head' }, 'Your saved views'), close),
    begin,
    status,
    list,
    element('p', { class: 'note' }, KEPT),
  );
  box.addEventListener('close', () => box.remove());
  box.addEventListener('click', (event) => event.target === box && box.close());
  close.addEventListener('click', () => box.close());
  draw();
  document.body.append(box);
  box.showModal();
  box.querySelector('input')?.focus();
}

const KEPT = `Kept in this browser only, for ${LIVES.view} days after you last opened each, or until you sign out. Not sent anywhere.`;

/** A view with what can be done with it. */
function rowOf(view: SavedView, keep: (view: SavedView, was: string) => boolean, remove: (view: SavedView) => void) {
  const link = element('a', { href: view.href }, view.name);
  link.addEventListener('click', () => useView(keptNow(), view));
  const rename = element('button', { type: 'button', class: 'link', 'aria-label': `Rename ${view.name}` }, 'Rename');
  const drop = element('button', { type: 'button', class: 'link', 'aria-label': `Delete ${view.name}` }, 'Delete');
  const row = element('li', {}, link, rename, drop);
  drop.addEventListener('click', () => remove(view));
  rename.addEventListener('click', () => {
    const form = nameForm(view.name, 'Rename', (name) => keep({ ...view, name }, view.name));
    row.replaceChildren(form);
    form.querySelector('input')?.select();
  });
  return row;
}

/** A field for a name. @param keep told the name; false: it stays in the field */
function nameForm(name: string, words: string, keep: (name: string) => boolean): HTMLFormElement {
  const field = element('input', { type: 'text', maxlength: String(LONGEST), autocomplete: 'off', required: '' });
  field.value = name;
  const form = element(
    'form',
    { class: 'saved-form' },
    element('label', {}, 'Name ', field),
    element('button', { class: 'button button-main' }, words),
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (keep(field.value)) field.value = '';
  });
  return form;
}
