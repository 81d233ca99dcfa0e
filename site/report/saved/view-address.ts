// Which addresses may be kept in a browser: pages with a period, a team and filters of which the site knows every value; no words that
// somebody searched for, and no caller's number.
import type { SiteData } from '#shared/figures/site-data.ts';
import { type CallFilter, dimensionsIn, filterQuery, readFilter } from '#shared/filter/filter.ts';
import { readRequest, requestQuery } from '../explorer/list-request.ts';
import { CALLS, hasViews, NEVER } from './view-href.ts';

/** The order of a table, by the head of its column. */
const ORDER = /^-?[a-z]+(?:-[a-z]+)*$/;
const GRADE = /^.{1,4}$/u;
const LONGEST = 2000;

/** An address to be kept, or in words why it is not. */
export type ViewAddress = { href: string } | { refused: string };

/** The address of what a page shows, as it is kept. @param search the page's query */
export function viewAddress(pathname: string, search: string, site: SiteData): ViewAddress {
  if (!hasViews(pathname)) return { refused: 'This page has no filters or period to save.' };
  const { filter, sorting } = readRequest(search);
  if (NEVER.some((name) => filter[name] !== undefined)) return { refused: REFUSED };
  const query =
    pathname === CALLS ? requestQuery({ filter, sorting }) : withOrder(filterQuery(figuresOf(search)), search);
  if (query === '') return { refused: 'Choose a period or a filter first: a view keeps what you have chosen.' };
  if (!isKnown(filter, site)) return { refused: UNKNOWN };
  if (query.length > LONGEST) return { refused: 'These are too many filters to save.' };
  return { href: `${pathname}${query}` };
}

const REFUSED =
  'A view with words of a search, or with a caller’s number, cannot be saved: neither is kept in this browser. Remove it, then save the view.';
const UNKNOWN =
  'The address has an agent, a team, a rule or a value that this site does not have. Remove it, then save the view.';

/** What pages of figures ask for. */
function figuresOf(search: string): CallFilter {
  const { from, to, team } = readFilter(search).filter;
  return { ...(from && { from }), ...(to && { to }), ...(team && { team }) };
}

function withOrder(query: string, search: string): string {
  const sort = new URLSearchParams(search).get('sort') ?? '';
  return ORDER.test(sort) ? `${query === '' ? '?' : `${query}&`}sort=${sort}` : query;
}

/** Whether the site has every value of a filter that is not of a closed list anyway. */
function isKnown(filter: CallFilter, { agents, teams, rules, dimensions }: SiteData): boolean {
  const all = (values: readonly string[] | undefined, has: (value: string) => boolean) => values?.every(has) ?? true;
  return (
    all(filter.agent, (id) => id === '' || Object.hasOwn(agents, id)) &&
    all(filter.team, (name) => teams.some((team) => team.name === name)) &&
    all(filter.rule, (id) => Object.hasOwn(rules, id)) &&
    all(filter.grade, (grade) => GRADE.test(grade)) &&
    dimensionsIn(filter).every((id) => {
      const values = dimensions.find((dimension) => dimension.id === id)?.values ?? [];
      return all(filter[id], (value) => values.includes(value));
    })
  );
}
