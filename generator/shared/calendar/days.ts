/** A local day so many days later; days are "2025-12-09". */
export function addDays(iso: string, days: number): string {
  const date = new Date(`${iso}T12:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

/** Days from `from` to `to`, both included, oldest first. */
export function daysBetween(from: string, to: string): string[] {
  const days: string[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) days.push(day);
  return days;
}

/** Midnight UTC of a local day, for time scales that must not know a zone. */
export function midnight(iso: string): Date {
  return new Date(`${iso}T00:00:00Z`);
}

/** 0 = Sunday. */
export const weekdayOf = (iso: string): number => midnight(iso).getUTCDay();

/** Saturday or Sunday. */
export function isWeekend(iso: string): boolean {
  return [0, 6].includes(weekdayOf(iso));
}

/** Weeks of seven days that end on the last one; the first may be shorter, so that no day is left out. */
export function weeks<T>(days: T[]): T[][] {
  const result: T[][] = [];
  for (let end = days.length; end > 0; end -= 7) result.unshift(days.slice(Math.max(0, end - 7), end));
  return result;
}
