import type { Call } from '../model.ts';

/** What a call is shown and put in order by. */
export type Identified = Pick<Call, 'id' | 'alias'>;

/** A call's id as pages, files, mail and logs have it. */
export const shownId = ({ id, alias }: Identified): string => alias?.id ?? id;

/**
 * Order of calls by their ids as shown; of those that look alike, by their paths. So the order tells nothing of what is masked.
 * A browser has rows whose id is the one that is shown.
 */
export function byShownId(a: Identified & { path?: string }, b: Identified & { path?: string }): number {
  const [x, y] = [shownId(a), shownId(b)];
  if (x !== y) return x < y ? -1 : 1;
  return (a.alias?.segment ?? a.path ?? '') < (b.alias?.segment ?? b.path ?? '') ? -1 : 1;
}
