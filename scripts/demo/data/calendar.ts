import { Temporal } from 'temporal-polyfill';
import { addDays, isWeekend, weekdayOf } from '#shared/calendar/days.ts';

/** Milliseconds of a day. */
const DAY = 86_400_000;

/** One local day of a tenant. */
export interface Day {
  date: string; // e.g., "2026-03-30"
  /** Days since 1970-01-01. */
  number: number;
  weekday: number; // 1 is Monday
  /** Days before the last day; 0 is the last day. */
  ago: number;
  /** Instants in epoch milliseconds; clocks never change at noon. */
  noon: number;
  end: number;
}

/** The local yesterday of `now` in `timeZone`. */
export const yesterday = (now: Date, timeZone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(now.getTime())
    .toZonedDateTimeISO(timeZone)
    .toPlainDate()
    .subtract({ days: 1 })
    .toString();

/** The `count` days that end on `last`, oldest first. */
export function daysTo(last: string, count: number, timeZone: string): Day[] {
  const end = Temporal.PlainDate.from(last);
  return Array.from({ length: count }, (_, i) => {
    const ago = count - 1 - i;
    const date = end.subtract({ days: ago });
    return {
      date: date.toString(),
      number: Date.parse(date.toString()) / DAY,
      weekday: date.dayOfWeek,
      ago,
      noon: date.toZonedDateTime({ timeZone, plainTime: '12:00' }).epochMilliseconds,
      end: date.add({ days: 1 }).toZonedDateTime(timeZone).epochMilliseconds,
    };
  });
}

const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const units = [
  '',
  'first',
  'second',
  'third',
  'fourth',
  'fifth',
  'sixth',
  'seventh',
  'eighth',
  'ninth',
  'tenth',
  'eleventh',
  'twelfth',
  'thirteenth',
  'fourteenth',
  'fifteenth',
  'sixteenth',
  'seventeenth',
  'eighteenth',
  'nineteenth',
  'twentieth',
];

/** How people name the day `ahead` working days later. e.g., "Thursday the 14th" or, in words, "Thursday the fourteenth" */
export function spokenDay(day: Day, ahead: number, inWords: boolean): string {
  let { date } = day;
  for (let left = ahead; left > 0; ) {
    date = addDays(date, 1);
    if (!isWeekend(date)) left--;
  }
  const number = Number(date.slice(-2));
  return `${weekdays[weekdayOf(date)]} the ${inWords ? ordinalWord(number) : ordinal(number)}`;
}

/** The name of the month `before` the day's. */
export const spokenMonth = (day: Day, before: number): string =>
  months[(new Date(day.number * DAY).getUTCMonth() + 12 - before) % 12] ?? '';

const tens = ['twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'];
const ones = ['', ' one', ' two', ' three', ' four', ' five', ' six', ' seven', ' eight', ' nine'];

/** A year from 2020 on in words. e.g., "twenty twenty two" */
export const spokenYear = (year: number): string =>
  `twenty ${tens[Math.floor((year % 100) / 10) - 2] ?? ''}${ones[year % 10] ?? ''}`;

/** The Monday on or before the day, as a day number. */
export const weekOf = (day: Day): number => day.number - day.weekday + 1;

function ordinal(n: number): string {
  const ending = n % 100 >= 11 && n % 100 <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][n % 10] ?? 'th');
  return `${n}${ending}`;
}

const ordinalWord = (n: number): string =>
  n <= 20 ? (units[n] ?? '') : n === 30 ? 'thirtieth' : `${n < 30 ? 'twenty' : 'thirty'} ${units[n % 10]}`;
