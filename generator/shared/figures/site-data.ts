import { isSame } from '../calendar/range.ts';
import { ATTENTION_LIMIT, type AttentionRules, namesOf, rankAttention } from '../calls/attention.ts';
import { callLine } from '../calls/call-line.ts';
import { factsOf } from '../calls/row-facts.ts';
import type { CallRow } from '../columns/calls.ts';
import type { CallWords } from '../columns/words.ts';
import type { DayCounts } from '../counts/cube.ts';
import { type Sums, sumsOf } from '../counts/sums.ts';
import type { OverviewPage, SavedView, Window } from '../view.ts';
import { agentOf, type Dataset } from './dataset.ts';

/** `data/site.json`: what a browser needs beside the days to count any range as the generator does. */
export interface SiteData extends Omit<Dataset, 'sums' | 'critical' | 'window' | 'first' | 'isChosen'> {
  critical: string[];
  /** The window of the pages as they were made; absent where no call has a day. */
  window?: Window;
  /** Day → its calls, oldest first: days without calls are left out. */
  days: [day: string, calls: number][];
  /** As the tenant configured them. */
  views: SavedView[];
  /** Beyond these, in seconds, a call is unusually short or long. */
  usual?: AttentionRules['usual'];
}

/** A call of `data/calls/<month>.json` with the words about it from `data/words/<month>.json`. */
export type CallWithWords = CallRow & CallWords;

/** The same as the generator counts from, for a window of which all days have been fetched. */
export function datasetOf(data: SiteData, days: ReadonlyMap<string, DayCounts>, window: Window): Dataset {
  return {
    ...data,
    first: data.days[0]?.[0],
    sums: sumsOf(days),
    critical: new Set(data.critical),
    window,
    isChosen: !data.window || !isSame(data.window, window),
    trust: { ...data.trust, period: { from: window.from, to: window.to } },
  };
}

/** How many calls each day of a site has: what the presets of a range are counted from. */
export const callsByDay = ({ days, day }: Sums): [day: string, calls: number][] =>
  days.map((each) => [each, day(each).counts.calls]);

/** What decides whether a call needs attention, as the generator knows it. */
export const attentionRules = (data: SiteData): AttentionRules => ({
  passMark: data.site.passMark,
  critical: new Set(data.critical),
  names: namesOf(data.rules),
  usual: data.usual,
});

/** What needs attention of one day's calls. */
export function attentionIn(data: SiteData, day: string, calls: readonly CallWithWords[]): OverviewPage['attention'] {
  const rules = attentionRules(data);
  const ranked = rankAttention(
    calls.map((row) => factsOf(row)),
    rules,
  );
  return {
    day,
    total: ranked.length,
    calls: ranked
      .slice(0, ATTENTION_LIMIT)
      .map(({ call, reasons }) => callLine(call, agentOf(data, call.agent), rules, reasons)),
  };
}
