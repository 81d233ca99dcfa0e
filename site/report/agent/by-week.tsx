import type { Measure, WeekPoint } from '#shared/charts/by-week.ts';
import { type CallFilter, callsHref } from '#shared/filter/filter.ts';
import { englishLocaleOf } from '#shared/format/english.ts';
import { counted, sentiment, share, spanAt } from '#shared/format/format.ts';
import type { AgentWeek, SiteView, Totals } from '#shared/view.ts';

export type TotalsFigure = (of: Totals) => number | undefined;

/** A figure of each week, and how many calls it is of. @param to the calls that it is of, any day */
export const weekPoints = (
  weeks: readonly AgentWeek[],
  n: TotalsFigure,
  value: TotalsFigure,
  to: CallFilter,
): WeekPoint[] =>
  weeks.map(({ from, to: end, own, team }) => ({
    from,
    to: end,
    own: value(own),
    team: team && value(team),
    n: n(own) ?? 0,
    href: callsHref({ ...to, from, to: end }),
  }));

export const passed = (locale: string): Measure => ({
  bounds: [0, 1],
  steps: [0.1, 0.2, 0.5],
  text: (rate) => share(rate, locale, 0),
  title: (rate, n) => `${share(rate, locale, 0)} of ${counted(n, 'evaluated call', locale)} passed`,
});

export const averageSentiment = (locale: string): Measure => ({
  bounds: [-1, 1],
  steps: [0.1, 0.2, 0.5],
  text: (score) => sentiment(score, locale),
  title: (score, n) => `${sentiment(score, locale)}, the average of ${counted(n, 'analysed call', locale)}`,
});

/** A chart's finding for those who do not see it: where the line began, and where it ended. */
export function labelOf(what: string, points: WeekPoint[], text: (value: number) => string, site: SiteView): string {
  const known = points.filter(({ own }) => own !== undefined);
  const [first, last] = [known[0], known.at(-1)];
  if (!first || !last) return `${what} by week: none.`;
  const at = ({ from, to, own }: WeekPoint) =>
    `${text(own ?? 0)} in ${spanAt(from, to, { ...site, locale: englishLocaleOf(site.locale) })}`;
  return first === last ? `${what} by week: ${at(last)}.` : `${what} by week: ${at(first)}, ${at(last)}.`;
}

/** What hollow marks are. */
export function hollow(points: WeekPoint[], minimumN: number, kind: string) {
  const isFew = points.some(({ own, n }) => own !== undefined && n < minimumN);
  return isFew && <p className="note">{`Hollow: weeks with fewer than ${minimumN} ${kind} calls.`}</p>;
}
