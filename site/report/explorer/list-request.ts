import { type CallFilter, filterQuery, readFilter } from '#shared/filter/filter.ts';
import { HEAR } from '#shared/filter/hear-list.ts';
import { NEWEST, readSorting, type Sorting, sortingText, WORST_FIRST } from './sorting.ts';

/** What an address asks for. */
export interface ListRequest {
  filter: CallFilter;
  sorting: Sorting;
  /** What of it could not be understood; e.g., "qa=maybe". */
  ignored: string[];
  /** The rule that the calls are a sample to judge by: then the filter has the calls which it is drawn from. */
  sample?: string;
}

/** A rule's identity, and the days that calls are taken from. */
export interface SampleOf extends Pick<CallFilter, 'from' | 'to'> {
  rule: string;
}

const SAMPLE = 'sample';

/** The page with the sample of a rule. */
export const calibrationHref = ({ rule, ...days }: SampleOf): string =>
  `/calibration/${filterQuery({ ...days, rule: [rule] })}`;

/** What that page lists. */
export const sampleRequest = ({ rule, ...days }: SampleOf): ListRequest => ({
  filter: { ...days, rule: [rule], result: 'evaluated' },
  sorting: NEWEST,
  ignored: [],
  sample: rule,
});

/** The list that an address asks for: that of the page of all calls, or the one that a call's page was opened from. */
export function readRequest(search: string): ListRequest {
  const query = new URLSearchParams(search);
  const day = query.get(HEAR);
  if (day !== null) {
    // Read as any other: what is no day is told.
    const { filter, ignored } = readFilter(filterQuery({ from: day, to: day, attention: true }));
    return { filter, sorting: WORST_FIRST, ignored };
  }
  const sample = query.get(SAMPLE);
  if (sample !== null) {
    const { filter, ignored } = readFilter(search);
    return { ...sampleRequest({ rule: sample, from: filter.from, to: filter.to }), ignored };
  }
  const text = query.get('sort');
  const sorting = readSorting(text);
  const { filter, ignored } = readFilter(search);
  return {
    filter,
    sorting: sorting ?? NEWEST,
    ignored: text !== null && !sorting ? [...ignored, `sort=${text}`] : ignored,
  };
}

/** The query of what is asked for, "" or beginning with "?"; nothing for what is so anyway. */
export function requestQuery({ filter, sorting, sample }: Pick<ListRequest, 'filter' | 'sorting' | 'sample'>): string {
  if (sample !== undefined) {
    const days = filterQuery({ from: filter.from, to: filter.to });
    return `${days === '' ? '?' : `${days}&`}${new URLSearchParams({ [SAMPLE]: sample })}`;
  }
  const query = filterQuery(filter);
  const isUsual = sorting.by === NEWEST.by && sorting.down === NEWEST.down;
  return isUsual ? query : `${query === '' ? '?' : `${query}&`}sort=${sortingText(sorting)}`;
}

/** Where all of a list is shown. */
export const listHref = (request: ListRequest): string =>
  request.sample === undefined
    ? `/calls/${requestQuery(request)}`
    : calibrationHref({ rule: request.sample, from: request.filter.from, to: request.filter.to });
