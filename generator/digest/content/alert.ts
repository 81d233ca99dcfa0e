import type { Range } from '#shared/calendar/range.ts';
import type { CallFilter } from '#shared/filter/filter.ts';

/** A configured alert that is so. */
export interface Alert {
  text: string;
  /** How a subject says it; absent where one call alone made it so. */
  subject?: string;
  /** The calls behind it. */
  filter: CallFilter & Range;
}

/** Days, or rules, that one alert names. */
export const MOST_NAMED = 3;
