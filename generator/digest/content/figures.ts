import {
  DIRECTIONS_FIGURE,
  earlierInWords,
  KEY_FIGURES,
  type KeyFigure,
  type KeyFigureId,
} from '#shared/figures/key-figures.ts';
import type { CallFilter } from '#shared/filter/filter.ts';
import { type Change, countDifference, pastInWords } from '#shared/format/change.ts';
import { count, hours } from '#shared/format/format.ts';
import { isEnough } from '#shared/format/rate.ts';
import { passedTarget } from '#shared/format/target.ts';
import type { SiteView, Totals, Window } from '#shared/view.ts';
import { changeInWords } from './change.ts';
import type { CallLinks } from './links.ts';
import type { FigureView } from './view.ts';

/** Pixels inside the mail's padding. */
const WIDTH = 552;

/** Order of the mail; a figure that is not named here comes after these. */
const ORDER: KeyFigureId[] = ['qaPassed', 'calls', 'averageCall', 'averageSentiment', 'talkTime'];
/** One day against another: a volume's plain difference says more than a share of so few. */
const DIFFERENCES: { [figure in KeyFigureId]?: (now: number, before: number, locale: string) => Change } = {
  calls: countDifference,
  talkTime: minutesChange,
};

interface Figure {
  name: string;
  value: string;
  unit?: string;
  change?: Change;
  words?: KeyFigure['words'];
  /** How many calls it covers, and covered before. */
  n?: [now: number, before: number | undefined];
  /** What it was a year earlier. */
  earlier?: string;
  /** Its target, and whether it is reached. */
  target?: string;
  /** What it was, where no change is told. */
  line?: string;
  /** The calls behind it. */
  calls: CallFilter;
}

/** What figures are of, where that is a calendar week or month. */
export interface Period {
  window?: Window;
  /** Of the same month a year earlier. */
  yearBefore?: Totals | undefined;
}

/**
 * The day's figures against the same weekday a week before, as the site words them; one that the data lacks is left out. Volumes are compared as
 * counts; shares and means where both days have as many calls as minimum n, below which a share is not even given.
 * @param toPast the calls of the day that is compared with
 * @param more of a week or a month, whose volumes are compared per day
 */
export function dayFigures(
  now: Totals,
  before: Totals,
  site: SiteView,
  toCalls: CallLinks,
  toPast: CallLinks,
  more: Period = {},
): FigureView[] {
  const ids = [...new Set([...ORDER, ...(Object.keys(KEY_FIGURES) as KeyFigureId[])])];
  const figures = [
    ...ids.map((id) => figureOf(id, now, before, site, more)),
    directions(now, before, site, more),
  ].filter((figure) => figure !== undefined);
  const perRow = figures.length === 2 || figures.length === 4 ? 2 : 3;
  return figures.map(({ name, value, unit, change, words, n, line, earlier, target, calls: filter }, at) => ({
    name,
    value,
    unit: unit ?? null,
    href: toCalls(filter),
    change: change ? changeInWords(change, words) : null,
    worse: change?.verdict === 'worse',
    better: change?.verdict === 'better',
    pastHref: before.calls > 0 ? toPast(filter) : null,
    line: [change?.from ?? line, earlier, target, n && covered(n, site)].filter(Boolean).join(' · ') || null,
    width: WIDTH / perRow,
    share: perRow === 2 ? '50%' : '33.33%',
    breaks: (at + 1) % perRow === 0 && at + 1 < figures.length,
  }));
}

function figureOf(
  id: KeyFigureId,
  now: Totals,
  before: Totals,
  site: SiteView,
  { window, yearBefore }: Period,
): Figure | undefined {
  const figure: KeyFigure = KEY_FIGURES[id];
  const [own, past] = [figure.value(now), figure.value(before)];
  if (own === undefined) return undefined;
  const { name, filter: calls, words, covers } = figure;
  const comparable = covers ? isEnough(site.minimumN, covers(now), covers(before)) : before.calls > 0;
  const n = figure.n?.(now, site);
  return {
    name,
    calls,
    words,
    value: figure.inWords(now, site),
    unit: figure.unit?.(own),
    change:
      comparable && past !== undefined
        ? ((window ? undefined : DIFFERENCES[id]) ?? figure.change)(own, past, site.locale, window)
        : undefined,
    target: id === 'qaPassed' ? passedTarget(now, site) : undefined,
    earlier: window && yearBefore && earlierInWords(figure, yearBefore, window, site),
    n: n === undefined ? undefined : [n, covers?.(before)],
  };
}

/** "▲ 1:12 from 4:30", in hours and minutes as they are shown. */
function minutesChange(now: number, before: number): Change {
  const minutes = Math.round(now / 60) - Math.round(before / 60);
  const arrow = minutes > 0 ? '▲' : minutes < 0 ? '▼' : '→';
  const text = minutes === 0 ? 'same' : hours(Math.abs(minutes) * 60);
  return { arrow, text, from: pastInWords(arrow, hours(before)) };
}

function directions(now: Totals, before: Totals, { locale }: SiteView, { window }: Period): Figure | undefined {
  if (now.inbound + now.outbound + now.internal === 0) return undefined;
  const pair = (totals: Totals) => `${count(totals.inbound, locale)} : ${count(totals.outbound, locale)}`;
  const others = ({ internal }: Totals) => (internal > 0 ? ` and ${count(internal, locale)} internal` : '');
  const figure = { name: DIRECTIONS_FIGURE, calls: { direction: ['inbound' as const, 'outbound' as const] } };
  // Months are not of one length, so their counts are not compared.
  const wasAny = !window && before.inbound + before.outbound + before.internal > 0;
  return {
    ...figure,
    value: pair(now),
    unit: others(now).trim() || undefined,
    line: wasAny ? `was ${pair(before)}${others(before)}` : undefined,
  };
}

/** "n 89, was 86". */
function covered([now, before]: NonNullable<Figure['n']>, { locale }: SiteView): string {
  return `n ${count(now, locale)}${before ? `, was ${count(before, locale)}` : ''}`;
}
