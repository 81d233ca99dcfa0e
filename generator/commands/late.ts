import { standsStill } from '../days/standstill.ts';
import { type Printable, say } from '../lib/printable.ts';
import { elapsed } from '../lib/words.ts';
import { isLate, type Late, lateRuns } from '../publish/late.ts';
import type { OrganizationStatus, Status } from '../publish/status.ts';

/** An organization of which no call has come for longer than is usual. */
export const standstillLine = (org: string, each: Partial<OrganizationStatus>, now: Date): Printable[] =>
  each.lastCallAt !== undefined && standsStill(each, now.getTime())
    ? [
        say`${org}: it stands still: the newest call began ${minute(each.lastCallAt)}, and by its usual rhythm another should have been read by ${minute(each.callsExpectedBy ?? '')}. Check whether the pipeline still writes to the results store.`,
      ]
    : [];

/**
 * By when the next run is expected, and what is late.
 * @param orgs those that are asked about and have a site, or whose last run failed
 */
export function lateness(
  status: Status,
  orgs: readonly string[],
  now: Date,
): { late: Late; isLate: boolean; text: Printable[] } {
  const late = lateRuns(status, orgs, now.getTime());
  return { late, isLate: isLate(late), text: sentences(late, now) };
}

function sentences({ run, organizations, unknown }: Late, now: Date): Printable[] {
  if (unknown)
    return [
      say`It is not known by when the next run must have ended: no run has written that to status.json yet. Run build once.`,
    ];
  const since = (by: string) => `${minute(by)}, ${elapsed(now.getTime() - Date.parse(by))} ago`;
  // What is true of all is not said of each.
  const own = run === undefined ? Object.entries(organizations) : [];
  return [
    ...(run === undefined
      ? []
      : [
          say`Late: no run has ended since; one was expected by ${since(run)}. Check the schedule that starts the runs. Where it is right, CCI_EXPECT_EVERY is too short for it.`,
        ]),
    ...own.map(
      ([org, by]) =>
        say`${org}: late: a run of it was expected by ${since(by)}. Check whether each run, or a shard of it, still builds it.`,
    ),
  ];
}

const minute = (instant: string): string => `${instant.slice(0, 16)}Z`;
