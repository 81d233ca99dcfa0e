import { once } from '../once.ts';

/** Digits and calendar are fixed, whatever a browser or the zone's own custom would take. */
const dates = once(
  (timeZone: string) =>
    new Intl.DateTimeFormat('en', {
      timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      calendar: 'gregory',
      numberingSystem: 'latn',
    }),
);
const clocks = once(
  (timeZone: string) =>
    new Intl.DateTimeFormat('en', { timeZone, hour: '2-digit', hourCycle: 'h23', numberingSystem: 'latn' }),
);

/** A start that is known as a local day alone: "2025-12-09". */
export const isLocalDay = (start: string): boolean => start.length === 10;

/**
 * The local day of an instant: "2025-12-09". A local day is itself.
 * @param start ISO 8601, or milliseconds since the epoch
 * @throws {RangeError} where it is no instant
 */
export function localDay(start: string | number, timeZone: string): string {
  if (typeof start === 'string' && isLocalDay(start)) return start;
  const parts = dates(timeZone).formatToParts(new Date(start));
  // In which order a locale writes them differs from one browser to the next.
  return `${partOf(parts, 'year')}-${partOf(parts, 'month')}-${partOf(parts, 'day')}`;
}

/** No zone's clocks differ by less than a quarter of an hour: a hundred thousand calls ask for few different ones. */
const QUARTER = 15 * 60_000;
const hours = once((timeZone: string, quarter: number) =>
  Number(partOf(clocks(timeZone).formatToParts(new Date(quarter * QUARTER)), 'hour')),
);

/** The hour of an instant on a clock in the zone, 0 to 23. */
export const localHour = (instant: string, timeZone: string): number =>
  hours(timeZone, Math.floor(Date.parse(instant) / QUARTER));

/** One part of a formatted date; "" where it has none. */
const partOf = (parts: readonly Intl.DateTimeFormatPart[], type: Intl.DateTimeFormatPartTypes): string =>
  parts.find((part) => part.type === type)?.value ?? '';
