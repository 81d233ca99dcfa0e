import { expect, it } from 'vitest';
import type { DigestKind, DigestSchedule } from '../../tenants/digest-config.ts';
import type { Weekday } from '../../tenants/spec-parts.ts';
import { nextIssue } from './next.ts';

const config = (days: Weekday[], weekly: { day?: Weekday; time?: string } = {}): DigestSchedule => ({
  timeZone: 'Europe/London',
  weekStart: 'monday',
  digest: { time: '07:00', days, weekly, monthly: { time: '09:00' } },
});

it.each<[DigestKind, Weekday[], { day?: Weekday }, string, string, string]>([
  // Monday 30 March 2026, the day after the clocks went forward.
  ['daily', ['sunday', 'monday'], {}, '2026-03-30T05:59:59Z', '2026-03-29', '2026-03-30T06:00:00.000Z'],
  ['daily', ['sunday', 'monday'], {}, '2026-03-30T06:00:00Z', '2026-03-30', '2026-03-31T06:00:00.000Z'],
  ['daily', ['friday'], {}, '2026-03-30T06:00:00Z', '2026-04-03', '2026-04-04T06:00:00.000Z'],
  ['weekly', ['friday'], {}, '2026-03-30T05:00:00Z', '2026-03-29', '2026-03-30T06:00:00.000Z'],
  ['weekly', ['friday'], { day: 'sunday' }, '2026-03-30T07:00:00Z', '2026-03-29', '2026-04-05T06:00:00.000Z'],
  ['weekly', ['friday'], {}, '2026-03-30T07:00:00Z', '2026-04-05', '2026-04-06T06:00:00.000Z'],
  ['monthly', ['friday'], {}, '2026-03-30T07:00:00Z', '2026-03-31', '2026-04-01T08:00:00.000Z'],
  ['monthly', ['friday'], {}, '2026-12-31T23:00:00Z', '2026-12-31', '2027-01-01T09:00:00.000Z'],
  ['monthly', ['friday'], {}, '2026-04-01T08:00:00Z', '2026-04-30', '2026-05-01T08:00:00.000Z'],
])('the next %s digest of %j %j after %s comes in its time', (kind, days, weekly, now, date, at) => {
  const next = nextIssue(kind, config(days, weekly), new Date(now));
  expect([next?.issue, next && new Date(next.at).toISOString()]).toEqual([{ kind, date }, at]);
});
