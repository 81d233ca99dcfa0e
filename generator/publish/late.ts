import type { Status } from './status.ts';

/** Which runs have not come by when the last ones said that the next must have ended. */
export interface Late {
  /** By when any run should have ended, where none has. */
  run?: string;
  /** Organization → by when its own should have ended, where others' have. */
  organizations: { [org: string]: string };
  /** No run has told of the next one yet: an older version wrote the status. */
  unknown?: true;
}

/**
 * What is late.
 * @param orgs those that are asked about: of one that is gone nothing comes any more
 * @param now milliseconds since the epoch
 */
export function lateRuns(status: Status, orgs: Iterable<string>, now: number): Late {
  const isOver = (by: string | undefined): by is string => by !== undefined && !(now <= Date.parse(by));
  const organizations: Late['organizations'] = {};
  let told = status.expectedBy !== undefined;
  for (const org of orgs) {
    const by = Object.hasOwn(status.organizations, org) ? status.organizations[org]?.expectedBy : undefined;
    told ||= by !== undefined;
    if (isOver(by)) organizations[org] = by;
  }
  return {
    ...(isOver(status.expectedBy) && { run: status.expectedBy }),
    organizations,
    ...(!told && { unknown: true as const }),
  };
}

/** Whether anything is late, or nobody can tell. */
export const isLate = ({ run, organizations, unknown }: Late): boolean =>
  run !== undefined || unknown === true || Object.keys(organizations).length > 0;
