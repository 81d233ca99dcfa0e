import type { Cursor } from '../ports.ts';

/** What a provider's account held before that is not fetched unasked: it would cost money, and nobody may wait for it. */
const FIRST_DAYS = 30;

/**
 * Where a listing by time begins, in milliseconds since the epoch.
 * @param first day of a first listing; absent: 30 days ago
 */
export function startOf(since: Cursor, now: number, first?: string): number {
  const given = typeof since === 'object' && 'time' in since ? Date.parse(since.time) : Number.NaN;
  if (!Number.isNaN(given)) return given;
  return first === undefined ? now - FIRST_DAYS * 24 * 60 * 60_000 : Date.parse(`${first}T00:00:00Z`);
}
