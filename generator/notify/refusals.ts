import type { OrganizationNotices } from '../publish/notices.ts';

/** Refused objects and calls of the current site. */
export interface RefusalFigures {
  refused: number;
  calls: number;
}

type Base = NonNullable<OrganizationNotices['refused']>;

/** So many more than before, and so large a share of what has come since, are a jump. */
const LEAST = { more: 10, share: 0.1 };
/** What is there now is compared with what was there a day ago at least; two days at most. */
const RENEWED_MS = 24 * 60 * 60_000;

/**
 * Whether refusals have jumped: ten more than a day ago, and a tenth of what has come since. It is told once; it is over when a
 * whole day has brought no jump, or when fewer than ten more than before it are refused.
 * @returns what to compare with from now on, and what has changed
 */
export function judgeRefusals(
  base: Base | undefined,
  { refused, calls }: RefusalFigures,
  at: string,
): { base: Base; change?: 'jumped' | 'ok' } {
  const now = { at, refused, calls };
  if (!base) return { base: now };
  const isDayLater = Date.parse(at) - Date.parse(base.at) >= RENEWED_MS;
  if (base.from !== undefined) {
    if (refused - base.from < LEAST.more) return { base: now, change: 'ok' };
    if (!isDayLater) return { base };
    return hasJumped(base, now) ? { base: { ...now, from: base.from } } : { base: now, change: 'ok' };
  }
  if (hasJumped(base, now)) return { base: { ...now, from: base.refused }, change: 'jumped' };
  return { base: isDayLater || refused < base.refused ? now : base };
}

function hasJumped(before: RefusalFigures, now: RefusalFigures): boolean {
  const more = now.refused - before.refused;
  const come = now.refused + now.calls - before.refused - before.calls;
  return more >= LEAST.more && more >= LEAST.share * come;
}
