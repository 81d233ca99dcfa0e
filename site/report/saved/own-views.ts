// The views that a reader has saved: addresses of this site under names of their own.
import type { SavedView } from '#shared/view.ts';
import type { Kept } from '../kept/kept.ts';
import { isViewHref } from './view-href.ts';

/** More are no help to who looks for one. */
export const MOST = 30;
/** Characters of a name. */
export const LONGEST = 60;
/** Told in the document when its reader has changed them. */
export const VIEWS_CHANGED = 'cci-views';

const KIND = 'view';

/** All that lead to a page of this site, by name. @param kept undefined where the browser keeps nothing */
export const ownViews = (kept: Kept | undefined): SavedView[] =>
  [...(kept?.all(KIND) ?? [])]
    .map(([name, href]) => ({ name, href }))
    .filter(({ name, href }) => nameOf(name) === name && isViewHref(href))
    .sort((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }))
    .slice(0, MOST);

/** Keep a view. @param was its name so far, where it only gets another @returns why it is not kept, in words */
export function saveView(kept: Kept | undefined, view: SavedView, was?: string): string | undefined {
  if (!kept) return 'This browser keeps nothing for this site.';
  const own = ownViews(kept).filter(({ name }) => name !== was);
  const name = nameOf(view.name);
  if (name === '') return 'Give it a name.';
  if (own.some((other) => other.name === name)) return `You have a view called “${name}” already. Choose another name.`;
  if (own.length >= MOST) return `You have ${MOST} views, and no more are kept. Delete one first.`;
  if (!kept.put(KIND, name, view.href)) return 'This browser has no room for it.';
  if (was !== undefined && was !== name) kept.drop(KIND, was);
  return undefined;
}

export const dropView = (kept: Kept | undefined, name: string): void => kept?.drop(KIND, name);

/** Somebody goes to a view: it is kept from now on. */
export function useView(kept: Kept | undefined, { name, href }: SavedView): void {
  kept?.put(KIND, name, href);
}

/** A name as it is kept: on one line, and not too long. */
const nameOf = (text: string): string => Array.from(text.replace(/\s+/g, ' ').trim()).slice(0, LONGEST).join('').trim();
