// One period through the whole site: where the address has one, links to pages that have no days of their own lead to the same days.

/** Pages that show a period, or from which one comes back to them. */
const PAGES = /^\/((agents|qa|topics|teams|calls|about)\/)?$|^\/(agents|teams)\/[^/]+\/$/;

/** Links that have been given a period here, and may be given another. */
const given = new WeakSet<HTMLAnchorElement>();

/** The days of a query as one: "?from=2026-03-01&to=2026-03-31"; "" where it has none. */
function periodQuery(search: string): string {
  const query = new URLSearchParams(search);
  const own = new URLSearchParams([...query].filter(([name]) => name === 'from' || name === 'to')).toString();
  return own === '' ? '' : `?${own}`;
}

/**
 * An address with the days of the open page, where it is of a page of this site and has no query.
 * @param href e.g., "/agents/ann@agents.example/"
 * @param search the open page's query
 */
export function withPeriod(href: string, search = location.search): string {
  const [, path = '', hash = ''] = /^([^?#]*)(#.*)?$/.exec(href) ?? [];
  return PAGES.test(path) ? `${path}${periodQuery(search)}${hash}` : href;
}

function write(link: HTMLAnchorElement): void {
  const href = link.getAttribute('href') ?? '';
  const next = withPeriod(given.has(link) ? href.replace(/\?[^#]*/, '') : href);
  if (next === href) return;
  given.add(link);
  link.setAttribute('href', next);
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
