import type { CallFilter } from '#shared/filter/filter.ts';
import {
  type Change,
  countDifference,
  pastInWords,
  pointsChange,
  secondsChange,
  sentimentChange,
} from '#shared/format/change.ts';
import { count, duration, hours, sentiment, share } from '#shared/format/format.ts';
import { isEnough } from '#shared/format/rate.ts';
import type { SiteView, Totals } from '#shared/view.ts';
import { changeInWords } from './change.ts';
import type { CallLinks } from './links.ts';
import type { FigureView } from './view.ts';

/** Pixels inside the mail's padding. */
const WIDTH = 552;

interface Figure {
  name: string;
  value: string;
  unit?: string;
  change?: Change;
  /** What a rise and a fall are called where neither is better nor worse. */
  words?: [rise: string, fall: string];
  /** How many calls it covers, and covered before. */
  n?: [now: number | undefined, before: number | undefined];
  /** What it was, where no change is told. */
  line?: string;
  /** The calls behind it. */
  calls: CallFilter;
}

/**
 * The day's figures against the same weekday a week before, as the site words them; one that the data lacks is left out. Volumes are compared as
 * counts; shares and means where both days have as many calls as minimum n, below which a share is not even given.
 * @param toPast the calls of the day that is compared with
 */
export function dayFigures(
  now: Totals,
  before: Totals,
  site: SiteView,
  toCalls: CallLinks,
  toPast: CallLinks,
): FigureView[] {
  const figures = [passed(now, before, site), calls(now, before, site), averageCall(now, before, site)]
    .concat(averageSentiment(now, before, site), talkTime(now, before), directions(now, before, site))
    .filter((figure) => figure !== undefined);
  const perRow = figures.length === 2 || figures.length === 4 ? 2 : 3;
  return figures.map(({ name, value, unit, change, words, n, line, calls: filter }, at) => ({
    name,
    value,
    unit: unit ?? null,
    href: toCalls(filter),
    change: change ? changeInWords(change, words) : null,
    worse: change?.verdict === 'worse',
    better: change?.verdict === 'better',
    pastHref: before.calls > 0 ? toPast(filter) : null,
    line: [change?.from ?? line, n && covered(n, site)].filter(Boolean).join(' · ') || null,
    width: WIDTH / perRow,
    share: perRow === 2 ? '50%' : '33.33%',
    breaks: (at + 1) % perRow === 0 && at + 1 < figures.length,
  }));
}

function passed(now: Totals, before: Totals, site: SiteView): Figure | undefined {
  const { qaPassRate, qaPassed = 0, qaEvaluated = 0 } = now;
  if (qaPassRate === undefined) return undefined;
  const [name, filter] = ['QA passed', { qa: ['passed' as const, 'failed' as const] }];
  if (!isEnough(site.minimumN, qaEvaluated))
    return { name, calls: filter, value: `${count(qaPassed, site.locale)} of ${count(qaEvaluated, site.locale)}` };
  return {
    name,
    calls: filter,
    value: share(qaPassRate, site.locale),
    change: isEnough(site.minimumN, before.qaEvaluated)
      ? pointsChange(qaPassRate, before.qaPassRate ?? 0, site.locale)
      : undefined,
    words: ['higher', 'lower'],
    n: [qaEvaluated, before.qaEvaluated],
  };
}

function calls(now: Totals, before: Totals, { locale }: SiteView): Figure {
  const words: Figure['words'] = ['more', 'fewer'];
  const figure = { name: 'Calls', calls: {}, value: count(now.calls, locale), words };
  return before.calls > 0 ? { ...figure, change: countDifference(now.calls, before.calls, locale) } : figure;
}

function averageCall(now: Totals, before: Totals, site: SiteView): Figure | undefined {
  const [own, past] = [now.averageDurationSeconds, before.averageDurationSeconds];
  if (own === undefined) return undefined;
  const enough = past !== undefined && isEnough(site.minimumN, now.durationCalls, before.durationCalls);
  return {
    name: 'Average call',
    calls: { with: ['duration'] },
    value: duration(own),
    unit: own < 3600 ? 'mm:ss' : 'h:mm:ss',
    change: enough ? secondsChange(own, past, site.locale) : undefined,
    words: ['longer', 'shorter'],
    n: now.durationCalls === now.calls ? undefined : [now.durationCalls, before.durationCalls],
  };
}

function averageSentiment(now: Totals, before: Totals, site: SiteView): Figure | undefined {
  const [own, past] = [now.averageSentiment, before.averageSentiment];
  if (own === undefined) return undefined;
  const enough = past !== undefined && isEnough(site.minimumN, now.sentimentAnalysed, before.sentimentAnalysed);
  return {
    name: 'Average call sentiment',
    calls: { with: ['sentiment'] },
    value: sentiment(own, site.locale),
    change: enough ? sentimentChange(own, past, site.locale) : undefined,
    words: ['higher', 'lower'],
    n: [now.sentimentAnalysed, before.sentimentAnalysed],
  };
}

function talkTime(now: Totals, before: Totals): Figure | undefined {
  if (now.durationSeconds === undefined) return undefined;
  const past = before.calls > 0 ? before.durationSeconds : undefined;
  return {
    name: 'Talk time',
    calls: { with: ['duration'] },
    value: hours(now.durationSeconds),
    unit: 'h:mm',
    change: past === undefined ? undefined : minutesChange(now.durationSeconds, past),
    words: ['more', 'less'],
  };
}

/** "▲ 1:12 from 4:30", in hours and minutes as they are shown. */
function minutesChange(now: number, before: number): Change {
  const minutes = Math.round(now / 60) - Math.round(before / 60);
  const arrow = minutes > 0 ? '▲' : minutes < 0 ? '▼' : '→';
  const text = minutes === 0 ? 'same' : hours(Math.abs(minutes) * 60);
  return { arrow, text, from: pastInWords(arrow, hours(before)) };
}

function directions(now: Totals, before: Totals, { locale }: SiteView): Figure | undefined {
  if (now.inbound + now.outbound + now.internal === 0) return undefined;
  const pair = (totals: Totals) => `${count(totals.inbound, locale)} : ${count(totals.outbound, locale)}`;
  const others = ({ internal }: Totals) => (internal > 0 ? ` and ${count(internal, locale)} internal` : '');
  const figure = { name: 'Inbound : outbound', calls: { direction: ['inbound' as const, 'outbound' as const] } };
  const wasAny = before.inbound + before.outbound + before.internal > 0;
  return {
    ...figure,
    value: pair(now),
    unit: others(now).trim() || undefined,
    line: wasAny ? `was ${pair(before)}${others(before)}` : undefined,
  };
}

/** "n 89, was 86". */
function covered([now, before]: NonNullable<Figure['n']>, { locale }: SiteView): string {
  return `n ${count(now ?? 0, locale)}${before ? `, was ${count(before, locale)}` : ''}`;
}
