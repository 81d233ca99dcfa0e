import { moment } from '#shared/format/format.ts';
import { pageLocale } from '../browser/page-locale.ts';
import { make } from './make.ts';

/** What the gate's `/session` says. */
export interface SignedIn {
  user: { id: string; email?: string };
  organization: { id: string; name: string };
  /** ISO 8601; null before the first build. */
  publishedAt: string | null;
}

/** What a reader can choose for all pages: loaded when somebody goes to the menu, or has chosen. */
export const choices = () => import('./choices.ts');

/** Put into the header who is signed in, and what they can do about it. */
export function showSession(place: HTMLElement, { user, organization, publishedAt }: SignedIn): void {
  const wasOpen = place.querySelector('details')?.open ?? false;
  const who = user.email ?? user.id;
  const { zone = 'UTC' } = place.dataset;
  const published = publishedAt && `Published ${moment(publishedAt, { locale: pageLocale(), timeZone: zone })}`;
  const here = encodeURIComponent(location.pathname + location.search);

  const initial = make('span', 'session-initial', initialOf(who));
  initial.ariaHidden = 'true';
  const summary = make(
    'summary',
    '',
    make('span', 'visually-hidden', 'Signed in as '),
    initial,
    make('span', 'session-who', who),
    published && make('span', 'session-when', published),
  );
  const keys = make('button', 'link show-keys', 'Keys on this page');
  keys.type = 'button';
  const menu = make(
    'details',
    'session-menu',
    summary,
    make(
      'div',
      'session-panel',
      make('p', 'session-org', organization.name),
      make('p', 'note', `Signed in as ${who}`),
      published && make('p', 'note', `${published}${zone === 'UTC' ? ', UTC' : ''}`),
      keys,
      link(`/select-organization?redirect_url=${here}`, 'Switch organization'),
      link('/sign-out', 'Sign out'),
    ),
  );
  menu.open = wasOpen;
  const complete = async () => {
    for (const event of EARLIEST) menu.removeEventListener(event, complete);
    const { schemeSwitch } = await choices();
    keys.before(schemeSwitch() ?? '');
  };
  for (const event of EARLIEST) menu.addEventListener(event, complete);
  menu.addEventListener('keydown', ({ key }) => {
    if (key !== 'Escape' || !menu.open) return;
    menu.open = false;
    summary.focus();
  });
  menu.addEventListener('focusout', ({ relatedTarget }) => {
    if (relatedTarget instanceof Node && !menu.contains(relatedTarget)) menu.open = false;
  });
  document.addEventListener('click', ({ target }) => {
    if (!menu.contains(target as Node)) menu.open = false;
  });
  place.replaceChildren(menu);
  place.hidden = false;
}

/** What tells that somebody is about to open the menu, or has. */
const EARLIEST = ['pointerover', 'focusin', 'toggle'];

/** Where there is no room for an address. */
const initialOf = (who: string): string => (Array.from(who)[0] ?? '').toLocaleUpperCase(pageLocale());

function link(href: string, words: string): HTMLElement {
  const to = make('a', '', words);
  to.href = href;
  return to;
}
