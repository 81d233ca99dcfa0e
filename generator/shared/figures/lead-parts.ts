import type { CallFilter } from '../filter/filter.ts';

/** Makes the link of a figure in a sentence, given the calls that it counts; a mail about part of the calls has none. */
export type FigureLinks = (filter: CallFilter) => string;

/** A span of days with what it is called in a sentence. */
export interface Named {
  from: string;
  to: string;
  words: string; // e.g., "Tue 2 Dec", "the 28 days before, 1 – 28 Oct"
}
