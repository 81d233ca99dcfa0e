// One period through the whole site: where the address has one, links to pages that have no days of their own lead to the same days; and so a team,
// where the page can count one alone.

/** Pages that show a period, or from which one comes back to them. */
const PAGES = /^\/((agents|qa|topics|teams|calls|about)\/)?$|^\/(agents|teams)\/[^/]+\/$/;

/** The page of a call has no days, but leads on to pages that have. */
const CALL = /^\/calls\/[^/]+\/$/;

/** Of these, those that can show the calls of a team alone. */
const WITH_TEAM = /^\/((agents|qa|topics|calls)\/)?$/;

const [DAYS, ALL] = [
  ['from', 'to'],
  ['from', 'to', 'team'],
];

/** What links led to before they were given a period here, and what they were given: they may be given another. */
const given = new WeakMap<HTMLAnchorElement, { from: string; to: string }>();

/** What of a query is kept, in one order: "?from=2026-03-01&to=2026-03-31"; "" where it has nothing of it. */
function keptQuery(query: URLSearchParams, names: readonly string[]): string {
  const own = new URLSearchParams(names.flatMap((name) => query.getAll(name).map((value) => [name, value])));
  return own.size === 0 ? '' : `?${own}`;
}

/** What days and a team stand behind on a call's page that was opened from no list. */
export const NO_LIST = 'alone';

/**
 * An address with the days and the team of the open page, where it is of a page of this site and has no query, or one of a team alone.
 * @param href e.g., "/agents/ann@agents.example/"
 * @param search the open page's query
 */
export function withPeriod(href: string, search = location.search): string {
  const [, path = '', own = '', hash = ''] = /^([^?#]*)(\?[^#]*)?(#.*)?$/.exec(href) ?? [];
  const [query, named] = [new URLSearchParams(search), new URLSearchParams(own)];
  if (CALL.test(path) && own === '') {
    const kept = keptQuery(query, ALL);
    return kept === '' ? href : `${path}${kept}&${NO_LIST}${hash}`;
  }
  if (!PAGES.test(path) || [...named.keys()].some((name) => name !== 'team')) return href;
  if (named.size > 0) query.delete('team');
  for (const team of named.getAll('team')) query.append('team', team);
  return `${path}${keptQuery(query, WITH_TEAM.test(path) ? ALL : DAYS)}${hash}`;
}

function write(link: HTMLAnchorElement): void {
  // It leads away from a team.
  if (link.dataset.whole !== undefined) return;
  const href = link.getAttribute('href') ?? '';
  const known = given.get(link);
  const from = known?.to === href ? known.from : href;
  const to = withPeriod(from);
  if (to === href) return;
  given.set(link, { from, to });
  link.setAttribute('href', to);
}

/** A link may have come, or the address changed, since all were written: it is written when somebody turns to it. */
function writeAt({ target }: Event): void {
  const link = target instanceof Element && target.closest<HTMLAnchorElement>('a[href^="/"]');
  if (link) write(link);
}

/** Let links lead to the period of the address. */
export function keepPeriod(): void {
  for (const link of document.querySelectorAll<HTMLAnchorElement>('a[href^="/"]')) write(link);
  for (const event of ['pointerover', 'pointerdown', 'focusin', 'click'])
    document.addEventListener(event, writeAt, { capture: true, passive: true });
}
