import { addDays } from '../../site/lib/days.ts';
import { moment } from '../../site/lib/format.ts';
import { foldCells } from '../days/fold.ts';
import type { Report } from '../report/report.ts';

/** `late`: there should be calls, and none has come. */
export type Standing = 'calls' | 'quiet' | 'late';

/** A late day waits so long for its data before its digest goes out and says so. */
export const LATE_WAIT_MS = 24 * 60 * 60_000;
const WEEKS = [7, 14, 21, 28];

/**
 * Whether a day of the whole organization has calls. Without any it was quiet if a later day has calls, or if the same weekday
 * had none in the last four weeks.
 */
export function standingOf({ days }: Pick<Report, 'days'>, date: string): Standing {
  const hasCalls = (day: string) => foldCells([days.get(day)]).counts.calls > 0;
  if (hasCalls(date)) return 'calls';
  if ([...days.keys()].some((day) => day > date && hasCalls(day))) return 'quiet';
  return WEEKS.some((back) => hasCalls(addDays(date, -back))) ? 'late' : 'quiet';
}

/** Said where the data is late: that it is not known to be zero. */
export function lateNote({ trust, site }: Report, date: string): string {
  const weekday = new Intl.DateTimeFormat(site.locale, { weekday: 'long', timeZone: 'UTC' }).format(Date.parse(date));
  const dataTo =
    trust.dataTo === undefined ? '' : ` The newest call in the data began on ${moment(trust.dataTo, site)}.`;
  return `The last four weeks had calls on a ${weekday}, so the data is probably late or missing. The report shows them when they come.${dataTo}`;
}
