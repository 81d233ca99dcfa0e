import { Temporal } from 'temporal-polyfill';
import { addDays, weekdayOf } from '#shared/calendar/days.ts';
import { localDay } from '#shared/calendar/local-time.ts';
import { endOfDay, settledAt } from '../../lib/time.ts';
import { DAYS, type TenantConfig, type Weekday } from '../../tenants/config.ts';

/** The newest day may be so old: a Monday's digest that could not go out by Thursday is no news. */
const LOOK_BACK_DAYS = 3;

export interface DueInput {
  now: Date;
  /** When the organization's last successful listing began, ISO 8601. */
  listedAt: string | undefined;
  config: Pick<TenantConfig, 'timeZone'> & { digest: Pick<NonNullable<TenantConfig['digest']>, 'time' | 'days'> };
  /** Asks for this day, whatever the hour and the weekday. */
  date?: string;
}

/** The local day to send a digest about, or why there is none, as a sentence. `waiting`: a build has to come first. */
export type Due = { date: string } | { reason: string; waiting: boolean };

/** The latest local day that is over, covered by a listing, wanted on this weekday, and whose sending time has come. */
export function dueDay({ now, listedAt, config, date }: DueInput): Due {
  const { timeZone, digest } = config;
  if (date !== undefined) return isCovered(date, listedAt, timeZone) ? { date } : uncovered(date, listedAt, timeZone);
  const today = localDay(now.getTime(), timeZone);
  let waiting: Due | undefined;
  for (let back = 1; back <= LOOK_BACK_DAYS; back++) {
    const day = addDays(today, -back);
    const wanted = exists(day, timeZone) && digest.days.includes(nameOfDay(day));
    if (!wanted || now.getTime() < sendingTime(day, digest.time, timeZone)) continue;
    if (isCovered(day, listedAt, timeZone)) return { date: day };
    waiting ??= uncovered(day, listedAt, timeZone);
  }
  return waiting ?? { reason: `no day is due before ${digest.time} in ${timeZone}`, waiting: false };
}

/** Days before the newest one that are caught up with. */
const CATCH_UP_DAYS = 3;
/** Days further back that are looked at, to name those which got no digest. */
const TOLD_DAYS = 10;

/**
 * The day to send about, with the wanted days before it that may have been missed, each oldest first.
 * @returns `older`: too old to be sent
 */
export function dueDays(input: DueInput): { days: string[]; older: string[] } | { reason: string; waiting: boolean } {
  const due = dueDay(input);
  if ('reason' in due) return due;
  if (input.date !== undefined) return { days: [due.date], older: [] };
  const { timeZone, digest } = input.config;
  const before = Array.from({ length: CATCH_UP_DAYS + TOLD_DAYS }, (_, i) => addDays(due.date, -1 - i))
    .filter((day) => exists(day, timeZone) && digest.days.includes(nameOfDay(day)))
    .reverse();
  const oldest = addDays(due.date, -CATCH_UP_DAYS);
  return { days: [...before.filter((day) => day >= oldest), due.date], older: before.filter((day) => day < oldest) };
}

/** From this instant on the digest about a day may go out: the tenant's time on the day after. */
export function sendingTime(day: string, time: string, timeZone: string): number {
  const plainTime = Temporal.PlainTime.from(time);
  return Temporal.PlainDate.from(day).add({ days: 1 }).toZonedDateTime({ timeZone, plainTime }).epochMilliseconds;
}

/** A zone that crosses the date line leaves a day out. */
const exists = (day: string, timeZone: string): boolean =>
  endOfDay(day, timeZone) > endOfDay(addDays(day, -1), timeZone);

/** As the configuration names it. */
const nameOfDay = (day: string): Weekday => DAYS[(weekdayOf(day) + 6) % 7] as Weekday;

const isCovered = (day: string, listedAt: string | undefined, timeZone: string): boolean =>
  listedAt !== undefined && Date.parse(listedAt) >= settledAt(day, timeZone);

function uncovered(day: string, listedAt: string | undefined, timeZone: string): Due {
  const from = new Date(settledAt(day, timeZone)).toISOString();
  const last = listedAt === undefined ? 'there has been none' : `the last one began ${listedAt}`;
  return {
    reason: `${day} is not covered yet: it needs a build that began at ${from} or later, and ${last}. Run build, then digest`,
    waiting: true,
  };
}
