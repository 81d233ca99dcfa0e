import type { SearchSegment } from './root.ts';

/** Local days, both ends included; without any, calls without a day too. */
interface Period {
  from?: string | undefined;
  to?: string | undefined;
}

/** Whether a day lies in a period. */
export const isWithin = (day: string | null, { from, to }: Period): boolean =>
  (from === undefined && to === undefined) || (day !== null && day >= (from ?? '') && day <= (to ?? '9999'));

/** The day of the call at a place of a segment. */
export function dayAt(days: SearchSegment['days'], place: number): string | null {
  let end = 0;
  for (const [day, calls] of days) {
    end += calls;
    if (place < end) return day;
  }
  return null;
}

/** The places of a period's calls, which lie together: from the first up to but without the other. */
export function placesWithin(days: SearchSegment['days'], period: Period): [first: number, end: number] {
  let at = 0;
  let [first, end] = [0, 0];
  for (const [day, calls] of days) {
    if (isWithin(day, period)) [first, end] = [end === 0 ? at : first, at + calls];
    at += calls;
  }
  return [first, end];
}
