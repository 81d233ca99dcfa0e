import { partOf } from '../format/format.ts';

const QUARTER = 15 * 60_000;
const hours = new Map<string, number>();
const formats = new Map<string, Intl.DateTimeFormat>();

/** The hour of an instant on a clock in the zone, 0 to 23. */
export function localHour(instant: string, timeZone: string): number {
  // No zone's clocks differ by less than a quarter of an hour: a hundred thousand calls ask for few different ones.
  const quarter = `${timeZone} ${Math.floor(Date.parse(instant) / QUARTER)}`;
  const known = hours.get(quarter);
  if (known !== undefined) return known;
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en', { timeZone, hour: '2-digit', hourCycle: 'h23', numberingSystem: 'latn' });
    formats.set(timeZone, format);
  }
  const hour = Number(partOf(format.formatToParts(new Date(instant)), 'hour'));
  hours.set(quarter, hour);
  return hour;
}
