import type { CallFilter } from '../../site/lib/call-filter.ts';
import {
  type Change,
  countChange,
  hoursChange,
  pointsChange,
  secondsChange,
  sentimentChange,
} from '../../site/lib/change.ts';
import { count, duration, hours, sentiment, share } from '../../site/lib/format.ts';
import type { SiteView, Totals } from '../report/view.ts';
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
  line?: string;
  /** The calls behind it. */
  calls: CallFilter;
}

/**
 * The day's figures against the same weekday a week before, as the site words them; one that the data lacks is left out.
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
    .concat(averageSentiment(now, before, site), talkTime(now, before, site), directions(now, before, site))
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
  if (now.qaPassRate === undefined) return undefined;
  const enough = before.qaPassRate !== undefined && (before.qaEvaluated ?? 0) >= site.minimumN;
  return {
    name: 'QA passed',
    calls: { qa: ['passed', 'failed'] },
    value: share(now.qaPassRate, site.locale),
    change: enough ? pointsChange(now.qaPassRate, before.qaPassRate as number, site.locale) : undefined,
    words: ['higher', 'lower'],
    n: [now.qaEvaluated, before.qaEvaluated],
  };
}

const calls = (now: Totals, before: Totals, { locale }: SiteView): Figure => ({
  name: 'Calls',
  calls: {},
  value: count(now.calls, locale),
  words: ['more', 'fewer'],
  change: before.calls > 0 ? countChange(now.calls, before.calls, locale) : undefined,
});

function averageCall(now: Totals, before: Totals, { locale }: SiteView): Figure | undefined {
  const [own, past] = [now.averageDurationSeconds, before.averageDurationSeconds];
  if (own === undefined) return undefined;
  return {
    name: 'Average call',
    calls: { with: ['duration'] },
    value: duration(own),
    unit: own < 3600 ? 'mm:ss' : 'h:mm:ss',
    change: past === undefined ? undefined : secondsChange(own, past, locale),
    words: ['longer', 'shorter'],
    n: now.durationCalls === now.calls ? undefined : [now.durationCalls, before.durationCalls],
  };
}

function averageSentiment(now: Totals, before: Totals, site: SiteView): Figure | undefined {
  const [own, past] = [now.averageSentiment, before.averageSentiment];
  if (own === undefined) return undefined;
  const enough = past !== undefined && (before.sentimentAnalysed ?? 0) >= site.minimumN;
  return {
    name: 'Average call sentiment',
    calls: { with: ['sentiment'] },
    value: sentiment(own, site.locale),
    change: enough ? sentimentChange(own, past, site.locale) : undefined,
    words: ['higher', 'lower'],
    n: [now.sentimentAnalysed, before.sentimentAnalysed],
  };
}

function talkTime(now: Totals, before: Totals, { locale }: SiteView): Figure | undefined {
  if (now.durationSeconds === undefined) return undefined;
  const past = before.calls > 0 ? before.durationSeconds : undefined;
  return {
    name: 'Talk time',
    calls: { with: ['duration'] },
    value: hours(now.durationSeconds),
    unit: 'h:mm',
    change: past === undefined ? undefined : hoursChange(now.durationSeconds, past, locale),
    words: ['more', 'less'],
  };
}

function directions(now: Totals, before: Totals, { locale }: SiteView): Figure | undefined {
  if (now.inbound + now.outbound + now.internal === 0) return undefined;
  const pair = (totals: Totals) => `${count(totals.inbound, locale)} : ${count(totals.outbound, locale)}`;
  const others = now.internal > 0 ? `${count(now.internal, locale)} internal` : undefined;
  const was = before.inbound + before.outbound > 0 ? `was ${pair(before)}` : undefined;
  return {
    name: 'Inbound : outbound',
    calls: { direction: ['inbound', 'outbound'] },
    value: pair(now),
    line: [was, others].filter(Boolean).join(' · '),
  };
}

/** "n 89, was 86". */
function covered([now, before]: NonNullable<Figure['n']>, { locale }: SiteView): string {
  return `n ${count(now ?? 0, locale)}${before ? `, was ${count(before, locale)}` : ''}`;
}
