import { localDay, localHour } from '#shared/calendar/local-time.ts';
import { type ArrivalDay, arrivalsOf } from '../../days/standstill.ts';

const QUARTER_MS = 15 * 60_000;

/**
 * By when another record is expected, by the rule that status and notices have (`days/standstill.ts`). Theirs goes by when calls began, as the last
 * build knew them; this one by when records came, so that it can tell before the first build, and needs no time for processing added.
 * @param arrivals when records came, in milliseconds since the epoch
 * @returns the instant, ISO 8601 in UTC; undefined where they are too few to have a rhythm
 */
export function nextExpectedBy(arrivals: readonly number[], timeZone: string): string | undefined {
  const quarters = new Map<number, { calls: number; newest: number }>();
  // Of many in a quarter of an hour, all have the same local hour.
  for (const at of arrivals) {
    const quarter = Math.floor(at / QUARTER_MS);
    const { calls, newest } = quarters.get(quarter) ?? { calls: 0, newest: at };
    quarters.set(quarter, { calls: calls + 1, newest: Math.max(newest, at) });
  }
  const days = new Map<string, ArrivalDay>();
  for (const [, { calls, newest }] of [...quarters].sort(([a], [b]) => a - b)) {
    const instant = new Date(newest).toISOString();
    const [day, hour] = [localDay(newest, timeZone), localHour(instant, timeZone)];
    const counts = days.get(day)?.agents.all?.counts ?? { calls: 0, hours: {} };
    counts.calls += calls;
    counts.hours[hour] = (counts.hours[hour] ?? 0) + calls;
    days.set(day, { agents: { all: { counts } }, started: instant });
  }
  return arrivalsOf(days, timeZone)?.callsExpectedBy;
}
