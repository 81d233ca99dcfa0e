import { localDay } from '#shared/calendar/local-time.ts';
import { type Moment, parseMoment } from '../lib/time.ts';
import { isAbsentWord } from '../source/absent-word.ts';
import { NOTHING, type Reader, read, unread } from './reading.ts';

const DAY_MS = 86_400_000;
/** Nothing was recorded before: such a time stands for "no date". */
const FIRST_DAY = '2000-01-01';
/** As far as a time is believed where the store does not say when it received the object. */
const LAST_DAY = '2199-12-31';

/**
 * Reads a time that can be true: not before 2000, and not later than a day after the store received the object.
 * @param modified when it did, in milliseconds since the epoch
 * @param timeZone in which a day without an hour begins
 */
export function momentsUpTo(modified: number | undefined, timeZone: string): Reader<Moment> {
  const first = Date.parse(FIRST_DAY);
  const last = (modified ?? Date.parse(LAST_DAY)) + DAY_MS;
  return (value) => {
    if (value === null || value === undefined) return NOTHING;
    if (typeof value !== 'string') return unread('not-a-timestamp');
    if (value.trim() === '') return NOTHING;
    const moment = parseMoment(value);
    if (!moment) return unread(isAbsentWord(value) ? 'absent-word' : 'not-a-timestamp');
    const isEarly = 'at' in moment ? moment.at < first : moment.day < FIRST_DAY;
    if (isEarly) return unread('too-early');
    const isLate = 'at' in moment ? moment.at > last : moment.day > localDay(last, timeZone);
    return isLate ? unread('too-late') : read(moment);
  };
}

/** The instant of a moment as ISO 8601 in UTC; undefined of a day without an hour. */
export const instantOf = (moment: Moment | undefined): string | undefined =>
  moment && 'at' in moment ? new Date(moment.at).toISOString() : undefined;
