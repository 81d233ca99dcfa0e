import { addDays, daysBetween } from '../calendar/days.ts';
import type { Parties } from '../counts/cube.ts';
import type { RepeatCallers } from '../view.ts';

/** A repeat caller has so many calls in so many days. */
const LEAST_CALLS = 3;
const REPEAT_DAYS = 7;

/** Repeat callers that the overview names. */
const SHOWN = 7;

/** Calls of a day by outside party; nothing for a day without calls. */
export type PartiesOn = (day: string) => Parties | undefined;

/** The seven days that end with a day. */
export const repeatSpan = (to: string): { from: string; to: string } => ({ from: addDays(to, 1 - REPEAT_DAYS), to });

/** Who called again and again in the seven days that end with `to`; undefined where no call has an outside party. */
export function repeatCallers(partiesOn: PartiesOn, to: string): RepeatCallers | undefined {
  const span = repeatSpan(to);
  const callers = new Map<string, RepeatCallers['callers'][number]>();
  for (const day of daysBetween(span.from, to))
    for (const [party, calls] of Object.entries(partiesOn(day) ?? {})) {
      const known = callers.get(party);
      callers.set(party, { party, calls: calls + (known?.calls ?? 0), days: 1 + (known?.days ?? 0), last: day });
    }
  if (callers.size === 0) return undefined;
  const repeated = [...callers.values()].filter(({ calls }) => calls >= LEAST_CALLS).sort(mostFirst);
  return { ...span, total: repeated.length, callers: repeated.slice(0, SHOWN) };
}

type Caller = RepeatCallers['callers'][number];

const mostFirst = (a: Caller, b: Caller): number =>
  b.calls - a.calls || (a.last === b.last ? (a.party < b.party ? -1 : 1) : a.last < b.last ? 1 : -1);

/** The days whose calls decide on `busiestDays` of a day, itself among them. */
export const daysAround = (day: string): string[] =>
  daysBetween(addDays(day, 1 - REPEAT_DAYS), addDays(day, REPEAT_DAYS - 1));

/** A party's calls in seven days, both ends included. */
export type BusyDays = [calls: number, from: string, to: string];

/**
 * Of each outside party of a day the seven days with most of its calls, the day among them; the earliest of such. A party with
 * one call is left out.
 */
export function busiestDays(partiesOn: PartiesOn, day: string): { [party: string]: BusyDays } {
  const busiest = Object.create(null) as { [party: string]: BusyDays };
  const starts = daysBetween(addDays(day, 1 - REPEAT_DAYS), day);
  const around = daysAround(day).map((each) => partiesOn(each) ?? {});
  for (const party of Object.keys(partiesOn(day) ?? {})) {
    const calls = around.map((parties) => (Object.hasOwn(parties, party) ? (parties[party] ?? 0) : 0));
    const sums = starts.map((_, i) => calls.slice(i, i + REPEAT_DAYS).reduce((sum, n) => sum + n, 0));
    const most = Math.max(...sums);
    const from = starts[sums.indexOf(most)];
    if (most > 1 && from !== undefined) busiest[party] = [most, from, addDays(from, REPEAT_DAYS - 1)];
  }
  return busiest;
}
