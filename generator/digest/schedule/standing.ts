import { addDays, daysBetween, weekdayOf } from '#shared/calendar/days.ts';
import { localDay } from '#shared/calendar/local-time.ts';
import type { Range } from '#shared/calendar/range.ts';
import { weekdayName } from '#shared/format/english.ts';
import { count } from '#shared/format/format.ts';
import type { SiteView } from '#shared/view.ts';
import { type Printable, say } from '../../lib/printable.ts';
import type { Report } from '../../report/report.ts';
import { dayWords, momentWords } from './dates.ts';

/** `late`: there should be calls at its end, and none has come. */
export type Standing = 'calls' | 'quiet' | 'late';

/** A late day, week or month waits so long for its data before its digest goes out and says so. */
export const LATE_WAIT_MS = 24 * 60 * 60_000;
const WEEKS = [7, 14, 21, 28];
/** So many days without any call are more than a quiet week-end or a holiday. */
const SILENT_DAYS = 7;

type Known = Pick<Report, 'days'>;
const hasCalls = ({ days }: Known, day: string): boolean =>
  Object.values(days.get(day)?.agents ?? {}).some(({ counts }) => counts.calls > 0);

/**
 * Whether a day of the whole organization has calls, or a week or a month. Days at its end without any were quiet if a later day has calls, or
 * if the same weekdays had none in the last four weeks.
 */
export function standingOf(report: Known, { from, to }: Range): Standing {
  const known = [...report.days.keys()].filter((day) => hasCalls(report, day));
  const last = known.findLast((day) => day <= to);
  const stands = last !== undefined && last >= from ? 'calls' : 'quiet';
  if (known.some((day) => day > to)) return stands;
  const silent = daysBetween(from, to).filter((day) => last === undefined || day > last);
  return silent.some((day) => WEEKS.some((back) => hasCalls(report, addDays(day, -back)))) ? 'late' : stands;
}

/** That no call has come for a week or longer: what a reader takes for quiet may be data that no longer comes. */
export interface Silence {
  /** The last day with a call, in words. */
  day: string; // e.g., "Mon 9 Dec 2024"
  /** From it to the digest's day. */
  days: number;
}

/** @returns null where a call has come within the week, or on a later day, or never */
export function silenceOf(report: Known & Pick<Report, 'site'>, date: string): Silence | null {
  const last = [...report.days.keys()].filter((day) => hasCalls(report, day)).at(-1);
  if (last === undefined || last >= addDays(date, 1 - SILENT_DAYS)) return null;
  const days = Math.round((Date.parse(date) - Date.parse(last)) / 86_400_000);
  return { day: dayWords(last, { ...report.site, year: date.slice(0, 4) }), days };
}

/** To those who run the reports, about an organization of which nothing comes any more. */
export const silenceNote = ({ day, days }: Silence): Printable =>
  say`no call has arrived since ${day}, for ${days} days. Check whether the pipeline still writes to the results store.`;

type SiteTrust = Pick<Report, 'trust'> & { site: SiteView };

/** Said where the data is late: that it is not known to be zero. */
export function lateNote(report: SiteTrust, date: string, silence: Silence | null): string {
  const weekday = weekdayName(weekdayOf(date), report.site.locale);
  return `The last four weeks had calls on a ${weekday}, so the data is probably late or missing. The report will show the calls when they arrive.${newest(report, silence)}`;
}

/** Says what can be known: a day before the newest call was quiet, a later one may be. */
export function quietNote(report: SiteTrust, date: string, silence: Silence | null): string {
  const { trust, site } = report;
  if (trust.dataTo === undefined) return 'There are no calls in the data yet.';
  return localDay(trust.dataTo, site.timeZone) > date
    ? `The data goes up to ${momentWords(trust.dataTo, site)}, so this day was quiet, not late.`
    : newest(report, silence).trim();
}

/** The same of a week or a month. @param isEmpty whether it has no call at all */
export function latePeriodNote(report: SiteTrust, silence: Silence | null, isEmpty: boolean): string {
  const what = isEmpty ? '' : ' Its last days have no calls yet, so its figures may change.';
  return `The weeks before had calls on these weekdays, so the data is probably late or missing.${what} The report will show the calls when they arrive.${newest(report, silence)}`;
}

function newest({ trust, site }: SiteTrust, silence: Silence | null): string {
  if (trust.dataTo === undefined) return '';
  const began = ` The newest call in the data began on ${momentWords(trust.dataTo, site)}.`;
  if (!silence) return began;
  return `${began} Nothing has arrived in the ${count(silence.days, site.locale)} days since. Ask the person who runs the reports whether the data has stopped.`;
}
