const formats = new Map<string, Intl.DateTimeFormat>();

/** The hour of an instant on a clock in the zone, 0 to 23. */
export function localHour(instant: string, timeZone: string): number {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', hourCycle: 'h23' });
    formats.set(timeZone, format);
  }
  return Number(format.format(new Date(instant)));
}
