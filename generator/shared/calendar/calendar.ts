import { addDays, daysBetween, weekdayOf } from './days.ts';

/** The month of a day: "2026-03". */
export const monthOf = (day: string): string => day.slice(0, 7);

/** A month so many months later. */
export function addMonths(month: string, months: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  const at = year * 12 + number - 1 + months;
  return `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`;
}

/** The same day of a month so many months later, or that month's last one. */
export function inMonth(day: string, months: number): string {
  const month = addMonths(monthOf(day), months);
  const same = `${month}-${day.slice(8)}`;
  const last = lastOf(month);
  return same > last ? last : same;
}

export const lastOf = (month: string): string => addDays(`${addMonths(month, 1)}-01`, -1);

/** The first and last day of the week that a day is in. */
export function weekOf(day: string, weekStart: number): [first: string, last: string] {
  const first = addDays(day, -((weekdayOf(day) - weekStart + 7) % 7));
  return [first, addDays(first, 6)];
}

/** A month's days by week; undefined stands for days of the months beside it. */
export function weeksOf(month: string, weekStart: number): (string | undefined)[][] {
  const [first] = weekOf(`${month}-01`, weekStart);
  const [, last] = weekOf(lastOf(month), weekStart);
  const days = daysBetween(first, last).map((day) => (monthOf(day) === month ? day : undefined));
  return Array.from({ length: days.length / 7 }, (_, week) => days.slice(week * 7, week * 7 + 7));
}

/** Where a key takes somebody in a calendar, as the ARIA practices for grids of dates have it; undefined for other keys. */
export function movedBy(key: string, day: string, weekStart: number, shift = false): string | undefined {
  switch (key) {
    case 'ArrowLeft':
      return addDays(day, -1);
    case 'ArrowRight':
      return addDays(day, 1);
    case 'ArrowUp':
      return addDays(day, -7);
    case 'ArrowDown':
      return addDays(day, 7);
    case 'Home':
      return weekOf(day, weekStart)[0];
    case 'End':
      return weekOf(day, weekStart)[1];
    case 'PageUp':
      return inMonth(day, shift ? -12 : -1);
    case 'PageDown':
      return inMonth(day, shift ? 12 : 1);
    default:
      return undefined;
  }
}
