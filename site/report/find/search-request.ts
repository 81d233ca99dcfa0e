import { type CallFilter, filterQuery, readFilter } from '#shared/filter/filter.ts';

/** Whose words are looked through. */
export type Said = 'agent' | 'customer';

/** As it is shown. */
export const SPEAKERS: { [said in Said]: string } = { agent: 'Agent', customer: 'Customer' };

/** What is searched for, as the fragment of an address has it. */
export interface SearchRequest {
  text: string;
  /** Of the keys in `NARROWING` alone. */
  filter: CallFilter;
  by?: Said;
  /** What of it could not be understood; e.g., "qa=maybe". */
  ignored: string[];
}

/** What a search can be narrowed by. */
const NARROWING = ['from', 'to', 'agent', 'team', 'rule', 'result', 'qa', 'topic'];

/** What of a filter a search can be narrowed by. */
const narrowing = (filter: CallFilter): CallFilter =>
  Object.fromEntries(Object.entries(filter).filter(([key]) => NARROWING.includes(key)));

/** @param hash of an address, "" or beginning with "#" */
export function readSearch(hash: string): SearchRequest {
  const query = new URLSearchParams(hash.slice(1));
  const text = query.get('q') ?? '';
  const by = query.get('by');
  const { filter, ignored } = readFilter(query.toString());
  const unknown = [...query].filter(([key]) => Object.hasOwn(filter, key) && !NARROWING.includes(key));
  const isKnown = by === 'agent' || by === 'customer';
  return {
    text,
    filter: narrowing(filter),
    ...(isKnown && { by }),
    ignored: [
      ...ignored,
      ...unknown.map(([key, value]) => `${key}=${value}`),
      ...(by !== null && !isKnown ? [`by=${by}`] : []),
    ],
  };
}

/** The address of a search; its words stand in the fragment, which is sent nowhere. */
export function searchAddress({ text, filter, by }: Omit<SearchRequest, 'ignored'>): string {
  const query = new URLSearchParams({ ...(text !== '' && { q: text }), ...(by && { by }) });
  const narrowed = filterQuery(narrowing(filter)).slice(1);
  const hash = [query.toString(), narrowed].filter(Boolean).join('&');
  return `/search/${hash && `#${hash}`}`;
}
