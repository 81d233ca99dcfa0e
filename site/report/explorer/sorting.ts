import { rankAttention } from '#shared/calls/attention.ts';
import { factsOf } from '#shared/calls/row-facts.ts';
import type { CallRow } from '#shared/columns/calls.ts';
import { attentionRules, type SiteData } from '#shared/figures/site-data.ts';
import { otherEnd } from '#shared/format/party-name.ts';
import type { ListedCall } from './listed-calls.ts';

const SORTS = ['started', 'agent', 'number', 'length', 'sentiment', 'score', 'attention'] as const;
export type SortKey = (typeof SORTS)[number];
export interface Sorting {
  by: SortKey;
  down: boolean;
}

/** As the list comes: newest first. */
export const NEWEST: Sorting = { by: 'started', down: true };

/** What needs attention most, as the overview ranks it. */
export const WORST_FIRST: Sorting = { by: 'attention', down: true };

/** "-score" is by score, highest first; undefined where the text is no sorting. */
export function readSorting(text: string | null): Sorting | undefined {
  const by = SORTS.find((key) => key === text?.replace(/^-/, ''));
  return by && { by, down: text?.startsWith('-') === true };
}

export const sortingText = ({ by, down }: Sorting): string => `${down ? '-' : ''}${by}`;

const TEXTS = new Set<SortKey>(['agent', 'number']);

/** What a head does when it is clicked: turns its order round, or begins with A, the newest or the largest. */
export const nextSorting = (now: Sorting, by: SortKey): Sorting =>
  now.by === by ? { by, down: !now.down } : { by, down: !TEXTS.has(by) };

/** @param calls newest first; equal ones stay so, and what has no value is last either way */
export function sortCalls(calls: readonly ListedCall[], { by, down }: Sorting, site: SiteData): ListedCall[] {
  const figure =
    by === 'agent' || by === 'number'
      ? rankOf(calls, by, site.site.locale)
      : by === 'attention'
        ? urgencyOf(calls, site)
        : FIGURES[by];
  if (by === 'started' && down && calls.every(({ row }) => row.day !== null)) return [...calls];
  const sign = down ? -1 : 1;
  const keyed = calls.map((call) => ({ call, value: figure(call) }));
  keyed.sort((a, b) => {
    if (a.value === undefined || b.value === undefined)
      return Number(a.value === undefined) - Number(b.value === undefined);
    return sign * (a.value - b.value);
  });
  return keyed.map(({ call }) => call);
}

type Value = (call: ListedCall) => number | undefined;

const FIGURES: { [by in 'started' | 'length' | 'sentiment' | 'score']: Value } = {
  started: ({ row }) => startRank(row),
  length: (call) => call.durationSeconds,
  sentiment: (call) => call.sentiment,
  score: (call) => call.score,
};

/** By their place among those that need attention, the first highest; others have none. */
function urgencyOf(calls: readonly ListedCall[], site: SiteData): Value {
  const ranked = rankAttention(
    calls.map(({ row }) => factsOf(row)),
    attentionRules(site),
  );
  const places = new Map(ranked.map(({ call }, place) => [call.path, -place]));
  return ({ row }) => places.get(row.path);
}

const DAY_MS = 86_400_000;

/** By day, then by instant; a call without an hour is the first of its day. */
function startRank({ day, started }: Pick<CallRow, 'day' | 'started'>): number | undefined {
  if (day === null) return undefined;
  const midnight = Date.parse(day);
  // A local day begins up to 14 hours before that of UTC and ends up to 12 after it: so far apart no two days meet.
  return (midnight / DAY_MS) * 4 * DAY_MS + (started === undefined ? 0 : DAY_MS + Date.parse(started) - midnight);
}

/** Texts by their place among the different ones: a comparison by language for each pair of calls would take seconds. */
function rankOf(calls: readonly ListedCall[], by: 'agent' | 'number', locale: string): Value {
  const textOf =
    by === 'agent'
      ? ({ agent, who }: ListedCall) => (agent === '' ? undefined : who.name)
      : ({ row }: ListedCall) => otherEnd(row);
  const collator = new Intl.Collator(locale, { numeric: true });
  const texts = [...new Set(calls.map(textOf))].filter((text) => text !== undefined).sort(collator.compare);
  const ranks = new Map(texts.map((text, rank) => [text, rank]));
  return (call) => {
    const text = textOf(call);
    return text === undefined ? undefined : ranks.get(text);
  };
}
