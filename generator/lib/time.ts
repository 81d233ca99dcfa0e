import { Temporal } from 'temporal-polyfill';

/** ISO 8601 with `T` or a space; without an offset it is UTC. More than milliseconds are cut. */
const TIMESTAMP = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?)(?:[.,](\d+))?\s*(Z|[+-]\d\d(?::?\d\d)?)?$/i;
/** Later years stand for "no date" in some systems, and would make a period of thousands of years. */
const LAST_YEAR = 2199;

/** Milliseconds since the epoch, or undefined where the text is no timestamp, names no day of the calendar, or lies outside 1970 to 2199. */
export function parseTimestamp(text: string): number | undefined {
  const match = TIMESTAMP.exec(text.trim());
  if (!match) return undefined;
  const [, date = '', time, fraction = '', offset = 'Z'] = match;
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
  // Date.parse takes 30 February for 2 March.
  if (year > LAST_YEAR || new Date(Date.UTC(year, month - 1, day)).getUTCDate() !== day) return undefined;
  const zone = /^z$/i.test(offset) ? 'Z' : `${offset.slice(0, 3)}:${offset.length > 3 ? offset.slice(-2) : '00'}`;
  const instant = Date.parse(
    `${date}T${time?.length === 5 ? `${time}:00` : time}.${fraction.padEnd(3, '0').slice(0, 3)}${zone}`,
  );
  return instant >= 0 ? instant : undefined;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Local calendar day of an instant. */
export function localDay(epochMs: number, timeZone: string): string {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en', {
      timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      calendar: 'gregory',
      numberingSystem: 'latn',
    });
    formats.set(timeZone, format);
  }
  const parts = format.formatToParts(epochMs);
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((each) => each.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')}`;
}

/** The first instant after a local day: also right where a day has 23 or 25 hours, or no midnight. */
export function endOfDay(day: string, timeZone: string): number {
  return Temporal.PlainDate.from(day).add({ days: 1 }).toZonedDateTime(timeZone).epochMilliseconds;
}

export function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
