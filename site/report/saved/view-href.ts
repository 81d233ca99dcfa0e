// Where a view that a browser keeps may lead.

export const CALLS = '/calls/';
/** Pages that show other figures with another query. */
const PAGES = ['/', '/agents/', '/qa/', '/topics/', CALLS];
/** In an address, what is said or who has called: it is never kept. */
export const NEVER = ['text', 'party'] as const;

/** Whether views of a page can be saved. @param pathname e.g., "/calls/" */
export const hasViews = (pathname: string): boolean => PAGES.includes(pathname);

/** Whether an address that is kept leads to such a page. Where it was changed since, it does not count. */
export function isViewHref(href: string): boolean {
  const [path = '', query = ''] = href.split('?', 2);
  const asked = new URLSearchParams(query);
  return (
    hasViews(path) &&
    asked.size > 0 &&
    href === `${path}?${query}` &&
    !href.includes('#') &&
    !NEVER.some((name) => asked.has(name))
  );
}
