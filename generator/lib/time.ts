import { Temporal } from 'temporal-polyfill';

/** What a text says of time: an instant in milliseconds since the epoch, or a day of the calendar without an hour. */
export type Moment = { at: number } | { day: string };

const DATE = /^\d{4}-\d\d-\d\d$/;
/** ISO 8601 with `T` or a space, then an offset, a zone in brackets or after a space, both or none. */
const TIMESTAMP =
  /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(?::(\d\d))?(?:[.,](\d+))?(?:\s*(Z|[+-]\d\d(?::?\d\d)?))?(?:\s*\[([\w+/-]+)\]|\s*([a-z][\w+/-]+))?$/i;
/** The basic form of ISO 8601. */
const BASIC = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)?(?=$|[.,Z+-])/i;

/**
 * A timestamp as ISO 8601 has it, perhaps with the name of an IANA zone at its end, or a date alone. Without an offset or a
 * zone it is UTC; more than milliseconds are cut; of an hour that a zone has twice the first is taken.
 * @returns undefined for every other text, and for a day that is not in the calendar
 */
export function parseMoment(given: string): Moment | undefined {
  const text = given
    .trim()
    .replace(BASIC, (_, ...[y, m, d, hour, minute, second = '00']) => `${y}-${m}-${d}T${hour}:${minute}:${second}`);
  if (DATE.test(text)) return isDay(text) ? { day: text } : undefined;
  const match = TIMESTAMP.exec(text);
  if (!match) return undefined;
  const [, date = '', minute = '', second = '00', fraction = '', offset, bracketed, named] = match;
  if (!isDay(date)) return undefined;
  const local = Date.parse(`${date}T${minute}:${second}.${fraction.padEnd(3, '0').slice(0, 3)}Z`);
  if (Number.isNaN(local)) return undefined;
  const zone = bracketed ?? named;
  const behind =
    offset === undefined ? (zone === undefined ? 0 : zoneOffset(zone, `${date}T${minute}`)) : offsetOf(offset);
  // A zone beside an offset only says where the clock hung.
  const known = offset === undefined || zone === undefined || zoneOffset(zone, `${date}T${minute}`) !== undefined;
  if (behind === undefined || !known) return undefined;
  return { at: local - behind };
}

/** Whether the calendar has a day: `Date` takes 30 February for 2 March. @param date as 2026-03-30 */
export function isDay(date: string): boolean {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
  const last = new Date(0);
  last.setUTCFullYear(year, month, 0);
  return month >= 1 && month <= 12 && day >= 1 && day <= last.getUTCDate();
}

function offsetOf(offset: string): number | undefined {
  if (/^z$/i.test(offset)) return 0;
  const [hours, minutes] = [Number(offset.slice(1, 3)), offset.length > 3 ? Number(offset.slice(-2)) : 0];
  if (hours > 23 || minutes > 59) return undefined;
  return (offset.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}

/** A sheet of a million rows names few different minutes, and telling an offset is dear. */
const zoneOffsets = new Map<string, number | undefined>();
const MOST_OFFSETS = 50_000;

/** How far a zone's clock is ahead of UTC, in milliseconds; undefined where IANA knows no such zone. */
function zoneOffset(zone: string, minute: string): number | undefined {
  const key = `${zone} ${minute}`;
  if (zoneOffsets.has(key)) return zoneOffsets.get(key);
  if (zoneOffsets.size >= MOST_OFFSETS) zoneOffsets.clear();
  const offset = offsetIn(zone, minute);
  zoneOffsets.set(key, offset);
  return offset;
}

function offsetIn(zone: string, minute: string): number | undefined {
  try {
    return Date.parse(`${minute}:00Z`) - Temporal.PlainDateTime.from(minute).toZonedDateTime(zone).epochMilliseconds;
  } catch {
    return undefined;
  }
}

/** What began so long after a day's end knows the day: calls of the last minutes arrive late. */
const SETTLING_MS = 60 * 60_000;

/** From this instant on a listing knows a local day. */
export const settledAt = (day: string, timeZone: string): number => endOfDay(day, timeZone) + SETTLING_MS;

/** The first instant after a local day: also right where a day has 23 or 25 hours, or no midnight. */
export function endOfDay(day: string, timeZone: string): number {
  return Temporal.PlainDate.from(day).add({ days: 1 }).toZonedDateTime(timeZone).epochMilliseconds;
}
