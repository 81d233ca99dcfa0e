import { Temporal } from 'temporal-polyfill';
import { addDays, weekdayOf } from '#shared/calendar/days.ts';
import { localDay } from '#shared/calendar/local-time.ts';
import { endOfDay, settledAt } from '../../lib/time.ts';
import type { DigestKind, DigestSchedule } from '../../tenants/digest-config.ts';
import { weekdayNumber } from '../../tenants/spec-parts.ts';
import { type Issue, issuesBefore, issueWith, PERIODS } from './issue.ts';

/** How many issues of a kind are looked at. */
interface Reach {
  /** The newest may be so old: a Monday's digest that could not go out by Thursday is no news. */
  newest: number;
  /** Before the newest, that are caught up with. */
  caughtUp: number;
  /** Further back, to name those which got no digest. */
  told: number;
}

const REACH: { [kind in DigestKind]: Reach } = {
  daily: { newest: 3, caughtUp: 3, told: 10 },
  weekly: { newest: 2, caughtUp: 1, told: 2 },
  monthly: { newest: 2, caughtUp: 0, told: 1 },
};

export interface DueInput {
  now: Date;
  /** When the organization's last successful listing began, ISO 8601. */
  listedAt: string | undefined;
  config: DigestSchedule;
  /** Default: daily. */
  kind?: DigestKind;
  /** Asks for the issue with this day in it, whatever the hour and the weekday. */
  date?: string;
}

/** The last local day of the issue to send, or why there is none, as a sentence. `waiting`: a build has to come first. */
export type Due = { date: string } | { reason: string; waiting: boolean };

/** The latest issue that is over, covered by a listing, wanted, and whose sending time has come. */
export function dueDay({ now, listedAt, config, kind = 'daily', date }: DueInput): Due {
  const { timeZone, weekStart } = config;
  if (date !== undefined) {
    const asked = issueWith(kind, date, weekStart);
    return isCovered(asked.date, listedAt, timeZone) ? { date: asked.date } : uncovered(asked.date, listedAt, timeZone);
  }
  let waiting: Due | undefined;
  for (const issue of issuesBefore(kind, localDay(now.getTime(), timeZone), weekStart, REACH[kind].newest)) {
    if (!isWanted(issue, config) || now.getTime() < sendingTime(issue, config)) continue;
    if (isCovered(issue.date, listedAt, timeZone)) return { date: issue.date };
    waiting ??= uncovered(issue.date, listedAt, timeZone);
  }
  return (
    waiting ?? { reason: `no ${PERIODS[kind]} is due before ${timeOf(kind, config)} in ${timeZone}`, waiting: false }
  );
}

/**
 * The issue to send, with the wanted ones before it that may have been missed, as their last days, each oldest first.
 * @returns `older`: too old to be sent
 */
export function dueDays(input: DueInput): { days: string[]; older: string[] } | { reason: string; waiting: boolean } {
  const due = dueDay(input);
  if ('reason' in due) return due;
  if (input.date !== undefined) return { days: [due.date], older: [] };
  const { config, kind = 'daily' } = input;
  const { caughtUp, told } = REACH[kind];
  const before = issuesBefore(kind, due.date, config.weekStart, caughtUp + told);
  const datesOf = (issues: readonly Issue[]) =>
    issues
      .filter((issue) => isWanted(issue, config))
      .map(({ date }) => date)
      .reverse();
  return { days: [...datesOf(before.slice(0, caughtUp)), due.date], older: datesOf(before.slice(caughtUp)) };
}

/** From this instant on an issue may go out: the tenant's time on the day after; a week's on the weekday that the tenant has chosen. */
export function sendingTime({ kind, date }: Issue, config: DigestSchedule): number {
  const { timeZone, weekStart, digest } = config;
  const plainTime = Temporal.PlainTime.from(timeOf(kind, config));
  const after = addDays(date, 1);
  const wait = kind === 'weekly' ? (weekdayNumber(digest.weekly?.day ?? weekStart) - weekdayOf(after) + 7) % 7 : 0;
  return Temporal.PlainDate.from(after).add({ days: wait }).toZonedDateTime({ timeZone, plainTime }).epochMilliseconds;
}

const timeOf = (kind: DigestKind, { digest }: DigestSchedule): string =>
  (kind === 'daily' ? undefined : digest[kind]?.time) ?? digest.time;

/** Of days, those that the tenant has chosen and that the zone had: one that crosses the date line leaves a day out. */
export const isWanted = ({ kind, date }: Issue, { timeZone, digest }: DigestSchedule): boolean =>
  kind !== 'daily' ||
  (digest.days.some((day) => weekdayNumber(day) === weekdayOf(date)) &&
    endOfDay(date, timeZone) > endOfDay(addDays(date, -1), timeZone));

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
