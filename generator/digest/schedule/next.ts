import { addDays } from '#shared/calendar/days.ts';
import { localDay } from '#shared/calendar/local-time.ts';
import type { DigestKind, DigestSchedule } from '../../tenants/digest-config.ts';
import { isWanted, sendingTime } from './due.ts';
import { type Issue, issueWith } from './issue.ts';

/** Days to look ahead: the next month's digest is due within them. */
const AHEAD = 65;

/** The issue of a kind whose sending time comes next, and that time, in milliseconds since the epoch; undefined where no day is wanted. */
export function nextIssue(
  kind: DigestKind,
  config: DigestSchedule,
  now: Date,
): { issue: Issue; at: number } | undefined {
  const today = localDay(now.getTime(), config.timeZone);
  // A week's may be sent up to six days after its end.
  for (let day = addDays(today, -8); day <= addDays(today, AHEAD); day = addDays(day, 1)) {
    const issue = issueWith(kind, day, config.weekStart);
    const at = sendingTime(issue, config);
    if (issue.date === day && isWanted(issue, config) && at > now.getTime()) return { issue, at };
  }
  return undefined;
}
