import { weekdayOf } from '../calendar/days.ts';
import type { Direction, SentimentLabel } from '../model.ts';
import { type DimensionId, fieldOf } from './dimension-id.ts';
import { type CallFilter, dimensionsIn, type QaResult, type Span } from './filter.ts';

/** What a filter looks at in a call. */
export interface FilterableCall {
  day: string | null;
  /** "" is the unknown agent. */
  agent: string;
  team?: string;
  direction: Direction;
  /** Of the start, 0 to 23, in the tenant's time zone; absent without a start. */
  hour?: number;
  durationSeconds?: number;
  label?: SentimentLabel;
  /** positive - negative. */
  sentiment?: number;
  qa: QaResult;
  score?: number;
  grade?: string;
  /** Rules that were evaluated on this call. */
  failed: readonly string[];
  passed: readonly string[];
  criticalFailed: boolean;
  /** Whether anything makes the call need attention. */
  attention?: boolean;
  /** The outside party, see `partyId`; absent where it is not known. */
  party?: string;
  topic?: string;
  /** Configured phrases that were said. */
  phrases?: readonly string[];
  /** Insight that calls are told apart by → value. */
  insights?: { readonly [id: string]: string };
  metadata?: readonly { label: string; value: string }[];
}

/** What of a filter can be dropped for itself: a key; both ends of a period, or a rule and what came of it, are one. */
export type FilterPart = Exclude<keyof CallFilter, 'from' | 'to' | 'result'> | 'period';

/** One part of a filter, and the calls that it lets through. */
export interface FilterTest {
  part: FilterPart;
  fits: (call: FilterableCall) => boolean;
}

/** Whether a call matches a filter; `text` and `found` are looked up elsewhere, where the words and the list are. Pure. */
export const matches = (filter: CallFilter, call: FilterableCall): boolean =>
  testsOf(filter).every(({ fits }) => fits(call));

/** The parts of a filter that narrow, each with its test; `text` and `found` are none of them. */
export function testsOf(filter: CallFilter): FilterTest[] {
  const { from, to, undated, rule, result = 'failed', critical } = filter;
  const tests: FilterTest[] = [];
  const add = (part: FilterPart, isSet: unknown, fits: FilterTest['fits']) => {
    if (isSet) tests.push({ part, fits });
  };
  const oneOf = (part: keyof CallFilter & FilterPart, value: (call: FilterableCall) => string | undefined) => {
    const wanted = new Set(filter[part] as string[] | undefined);
    add(part, wanted.size > 0, (call) => {
      const own = value(call);
      return own !== undefined && wanted.has(own);
    });
  };
  add('period', from || to, ({ day }) => day !== null && day >= (from ?? '') && day <= (to ?? '9999'));
  add('undated', undated, ({ day }) => day === null);
  for (const [part, value] of Object.entries(VALUES)) oneOf(part as keyof typeof VALUES, value);
  for (const id of dimensionsIn(filter)) if (id !== 'phrase') oneOf(id, (call) => valueIn(call, id));
  add('phrase', filter.phrase?.length, ({ phrases = [] }) => phrases.some((name) => filter.phrase?.includes(name)));
  add('rule', rule?.length, (call) => rulesOf(call, result).some((id) => rule?.includes(id)));
  add('critical', critical, (call) => call.criticalFailed && !isShort(call));
  add('attention', filter.attention, (call) => call.attention === true);
  add('with', filter.with?.length, (call) => (filter.with ?? []).every((figure) => hasFigure(call, figure)));
  add('score', filter.score, ({ score }) => within(filter.score, score));
  add('seconds', filter.seconds, ({ durationSeconds }) => within(filter.seconds, durationSeconds));
  return tests;
}

/** What a call has of the keys of which it has one value at most. */
export const VALUES = {
  agent: ({ agent }: FilterableCall) => agent,
  party: ({ party }: FilterableCall) => party,
  team: ({ team }: FilterableCall) => team,
  direction: ({ direction }: FilterableCall) => direction,
  hour: ({ hour }: FilterableCall) => (hour === undefined ? undefined : String(hour)),
  weekday: ({ day }: FilterableCall) => (day === null ? undefined : String(weekdayOf(day))),
  sentiment: (call: FilterableCall) => (isShort(call) ? undefined : (call.label ?? 'none')),
  qa: ({ qa }: FilterableCall): string => qa,
  grade: (call: FilterableCall) => (isShort(call) ? undefined : call.grade),
} as const;

/** What a call has of a dimension of which it has one value at most. */
export function valueIn({ topic, insights, metadata }: FilterableCall, id: DimensionId): string | undefined {
  if (id === 'topic') return topic;
  const label = fieldOf(id);
  if (label !== undefined) return metadata?.find((each) => each.label === label)?.value;
  return insights && Object.hasOwn(insights, id) ? insights[id] : undefined;
}

/** The rules of which this came on a call; none where it was too short. */
export function rulesOf(call: FilterableCall, result: NonNullable<CallFilter['result']>): readonly string[] {
  if (isShort(call)) return [];
  return result === 'evaluated' ? [...call.failed, ...call.passed] : call[result];
}

const isShort = ({ qa }: FilterableCall): boolean => qa === 'too-short';

function hasFigure(call: FilterableCall, figure: 'duration' | 'sentiment' | 'score'): boolean {
  if (figure === 'duration') return call.durationSeconds !== undefined;
  return !isShort(call) && call[figure] !== undefined;
}

const within = (span: Span | undefined, value: number | undefined): boolean =>
  span === undefined || (value !== undefined && value >= (span.least ?? -Infinity) && value <= (span.most ?? Infinity));
