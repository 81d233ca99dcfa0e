import { type CallFilter, filterQuery } from './filter.ts';

/**
 * In the address of a call: it was opened from the list of those of some calls that need attention, most urgent first.
 * @param filter whose calls, and of which days
 */
export const hearListQuery = (filter: CallFilter): string =>
  `${filterQuery({ ...filter, attention: true })}&sort=-attention`;

export const HEAR = 'hear';

/** The same of all calls of a day: of the list "Hear these first". */
export const hearFirstQuery = (day: string): string => `?${HEAR}=${day}`;
