import { Temporal } from 'temporal-polyfill';
import { closest } from './closest.ts';

/**
 * Abbreviations, and the zones that people mean by them. Most are used for several: no program can tell which. Those that Java and
 * ICU know as names are here too, though IANA has none of them.
 */
const ABBREVIATIONS: { [name: string]: readonly string[] } = {
  ACDT: ['Australia/Adelaide'],
  ACST: ['Australia/Darwin', 'Australia/Adelaide'],
  ACT: ['Australia/Darwin', 'America/Rio_Branco'],
  ADT: ['America/Halifax'],
  AEDT: ['Australia/Sydney', 'Australia/Melbourne'],
  AEST: ['Australia/Sydney', 'Australia/Brisbane'],
  AET: ['Australia/Sydney', 'Australia/Brisbane'],
  AGT: ['America/Argentina/Buenos_Aires'],
  AKST: ['America/Anchorage'],
  AKDT: ['America/Anchorage'],
  ART: ['Africa/Cairo', 'America/Argentina/Buenos_Aires'],
  AST: ['America/Halifax', 'America/Anchorage', 'Asia/Riyadh'],
  AWST: ['Australia/Perth'],
  BET: ['America/Sao_Paulo'],
  BRT: ['America/Sao_Paulo'],
  BST: ['Europe/London', 'Asia/Dhaka', 'Pacific/Bougainville'],
  CAT: ['Africa/Maputo', 'Africa/Harare'],
  CDT: ['America/Chicago', 'America/Havana'],
  CENTRAL: ['America/Chicago', 'Australia/Darwin'],
  CEST: ['Europe/Berlin', 'Europe/Paris', 'Europe/Madrid'],
  CNT: ['America/St_Johns'],
  CST: ['America/Chicago', 'Asia/Shanghai', 'America/Havana'],
  CTT: ['Asia/Shanghai'],
  EASTERN: ['America/New_York', 'America/Toronto', 'Australia/Sydney'],
  EAT: ['Africa/Nairobi', 'Africa/Addis_Ababa'],
  ECT: ['Europe/Paris', 'America/Guayaquil'],
  EDT: ['America/New_York', 'America/Toronto'],
  EEST: ['Europe/Helsinki', 'Europe/Kyiv', 'Europe/Athens'],
  GST: ['Asia/Dubai', 'Atlantic/South_Georgia'],
  HKT: ['Asia/Hong_Kong'],
  ICT: ['Asia/Bangkok', 'Asia/Ho_Chi_Minh'],
  IET: ['America/Indiana/Indianapolis'],
  IST: ['Asia/Kolkata', 'Europe/Dublin', 'Asia/Jerusalem'],
  JST: ['Asia/Tokyo'],
  KST: ['Asia/Seoul'],
  MDT: ['America/Denver'],
  MOUNTAIN: ['America/Denver', 'America/Phoenix'],
  MIT: ['Pacific/Apia', 'Pacific/Marquesas'],
  MSK: ['Europe/Moscow'],
  MYT: ['Asia/Kuala_Lumpur'],
  NET: ['Asia/Yerevan'],
  NST: ['America/St_Johns', 'Pacific/Auckland'],
  NZDT: ['Pacific/Auckland'],
  NZST: ['Pacific/Auckland'],
  PACIFIC: ['America/Los_Angeles', 'America/Vancouver'],
  PDT: ['America/Los_Angeles', 'America/Vancouver'],
  PHT: ['Asia/Manila'],
  PKT: ['Asia/Karachi'],
  PLT: ['Asia/Karachi'],
  PNT: ['America/Phoenix'],
  PRT: ['America/Puerto_Rico'],
  PST: ['America/Los_Angeles', 'Asia/Manila'],
  SAST: ['Africa/Johannesburg'],
  SGT: ['Asia/Singapore'],
  SST: ['Pacific/Guadalcanal', 'Pacific/Pago_Pago', 'Asia/Singapore'],
  TRT: ['Europe/Istanbul'],
  VST: ['Asia/Ho_Chi_Minh'],
  WAT: ['Africa/Lagos'],
  WEST: ['Europe/Lisbon'],
  WIB: ['Asia/Jakarta'],
};

/** Whether days can be told in a zone: by the one library that tells where they end, and by what shows them. */
export function isTimeZone(name: string): boolean {
  try {
    Temporal.PlainDate.from('2026-01-01').toZonedDateTime(name);
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** Names shown for one that is none. */
const MOST = 4;
/** No zone's name is longer; the longest of IANA's has 32 characters. */
const LONGEST = 100;
const KINDS_OF_TIME = new Set(['STANDARD', 'DAYLIGHT', 'SUMMER']);

/** Zones that may be meant by a text that is none: never one that is only guessed at. */
export function zonesMeant(text: string): string[] {
  const name = text.trim();
  // "Eastern Standard Time", "Pacific time".
  const words = name.toUpperCase().split(/\s+/);
  if (words.length > 1 && words.at(-1) === 'TIME') words.pop();
  if (words.length > 1 && KINDS_OF_TIME.has(words.at(-1) ?? '')) words.pop();
  const short = words.join(' ');
  const known = ABBREVIATIONS[short];
  if (known && Object.hasOwn(ABBREVIATIONS, short)) return [...known];
  const offset = /^(?:UTC|GMT)?\s*([+-])(\d{1,2})(?::?(\d\d))?$/i.exec(name);
  if (offset) {
    const [, sign = '+', hours = '', minutes = '00'] = offset;
    return [`${sign}${hours.padStart(2, '0')}:${minutes}`].filter(isTimeZone);
  }
  const zones = [...new Set([...Intl.supportedValuesOf('timeZone'), ...Object.values(ABBREVIATIONS).flat()])];
  const plain = (zone: string) => zone.toLowerCase().replaceAll(/[\s_-]/g, '');
  const own = plain(name);
  if (own.length < 3) return [];
  const city = (zone: string) => zone.slice(zone.lastIndexOf('/') + 1);
  const same = zones.filter((zone) => plain(city(zone)) === own || plain(zone) === own);
  const begun =
    own.length < 4 ? [] : zones.filter((zone) => plain(zone).startsWith(own) || plain(city(zone)).startsWith(own));
  const near =
    [same, begun, closest(name, zones), closest(name, zones.map(city))].find((found) => found.length > 0) ?? [];
  const full = near.flatMap((each) => (each.includes('/') ? each : zones.filter((zone) => city(zone) === each)));
  return full.filter(isTimeZone).slice(0, MOST);
}

/** What is wrong with a text as a time zone, as the end of a sentence; undefined where nothing is. */
export function zoneProblem(text: string): string | undefined {
  if (text.length <= LONGEST && isTimeZone(text)) return undefined;
  const meant = text.length > LONGEST ? [] : zonesMeant(text);
  const last = meant.at(-1);
  if (last === undefined) return 'is not a time zone: write it as Europe/London';
  const names = meant.length === 1 ? last : `${meant.slice(0, -1).join(', ')} or ${last}`;
  return `is not a time zone: write a full name, perhaps ${names}`;
}
