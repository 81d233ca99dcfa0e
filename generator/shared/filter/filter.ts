import type { Direction, SentimentLabel } from '../model.ts';
import { type DimensionId, isDimensionId } from './dimension-id.ts';

/** How a call stands with QA, as figures count it: a call that is too short counts in none of the others. */
export type QaResult = 'passed' | 'failed' | 'unscored' | 'not-evaluated' | 'not-evaluated-yet' | 'too-short';

/** Which calls are wanted. What is absent or empty does not narrow; of several values of one key, any fits. */
export interface CallFilter {
  /** Local days, both ends included. */
  from?: string; // e.g., "2026-03-01"
  to?: string;
  /** Only calls without a start. */
  undated?: true;
  /** Ids; "" is the unknown agent. */
  agent?: string[];
  team?: string[];
  direction?: Direction[];
  /** Hours of the start, "0" to "23", and weekdays of the day, "0" = Sunday. */
  hour?: string[];
  weekday?: string[];
  /** As counted: of calls that are not too short. */
  sentiment?: (SentimentLabel | 'none')[];
  qa?: QaResult[];
  grade?: string[];
  /** Identities of rules, with what came of any of them; without `result`: failed. */
  rule?: string[];
  result?: 'failed' | 'passed' | 'evaluated';
  /** Only calls on which a critical rule failed. */
  critical?: true;
  /** Only calls that need attention, as the overview ranks them. */
  attention?: true;
  /** Outside parties, see `partyId`. */
  party?: string[];
  /** Only calls that have the figure which an average is over. */
  with?: ('duration' | 'sentiment' | 'score')[];
  /** QA score, 0..100, both ends included. */
  score?: Span;
  /** Duration in seconds, both ends included. */
  seconds?: Span;
  /** Words in summary, topic, number or id. */
  text?: string;
  /** The name of a list that a search of transcripts has left in this browser. */
  found?: string;
  /** Values of what calls are told apart by. */
  topic?: string[];
  /** Configured phrases, of which any was said. */
  phrase?: string[];
  [insight: `insight.${string}`]: string[];
  [field: `field.${string}`]: string[];
}

export interface Span {
  least?: number;
  most?: number;
}

const LISTS = [
  'agent',
  'team',
  'direction',
  'hour',
  'weekday',
  'sentiment',
  'qa',
  'grade',
  'rule',
  'with',
  'party',
] as const;
const WORDS = ['from', 'to', 'result', 'text', 'found'] as const;
const FLAGS = ['undated', 'critical', 'attention'] as const;
const SPANS = ['score', 'seconds'] as const;
const DAY = /^\d{4}-\d\d-\d\d$/;
const KNOWN: { [key: string]: readonly string[] } = {
  direction: ['inbound', 'outbound', 'internal', 'unknown'],
  sentiment: ['positive', 'neutral', 'negative', 'mixed', 'none'],
  qa: ['passed', 'failed', 'unscored', 'not-evaluated', 'not-evaluated-yet', 'too-short'],
  with: ['duration', 'sentiment', 'score'],
  result: ['failed', 'passed', 'evaluated'],
  hour: Array.from({ length: 24 }, (_, hour) => String(hour)),
  weekday: Array.from({ length: 7 }, (_, weekday) => String(weekday)),
};
const isKnown = (key: string, value: string): boolean => KNOWN[key]?.includes(value) ?? true;

/** The query of a filter, "" or beginning with "?". The same filter gives the same text. */
export function filterQuery(filter: CallFilter): string {
  const query = new URLSearchParams();
  for (const key of WORDS) if (filter[key]) query.append(key, filter[key]);
  for (const key of FLAGS) if (filter[key]) query.append(key, '1');
  for (const key of LISTS) for (const value of filter[key] ?? []) query.append(key, value);
  for (const key of dimensionsIn(filter)) for (const value of filter[key] ?? []) query.append(key, value);
  for (const key of SPANS) {
    const { least, most } = filter[key] ?? {};
    if (least !== undefined || most !== undefined) query.append(key, `${least ?? ''}-${most ?? ''}`);
  }
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}

/** The dimensions that a filter narrows by. */
export const dimensionsIn = (filter: CallFilter): DimensionId[] => Object.keys(filter).filter(isDimensionId);

/** Where exactly these calls are listed. */
export const callsHref = (filter: CallFilter): string => `/calls/${filterQuery(filter)}`;

/**
 * The filter of a query, and what of it could not be understood: that has to be told, or the list would show more than was
 * asked for. Keys that no filter has are left alone: a digest's links bear one more.
 */
export function readFilter(search: string): { filter: CallFilter; ignored: string[] } {
  const query = new URLSearchParams(search);
  const filter: { [key: string]: unknown } = {};
  const ignored: string[] = [];
  const take = (key: string, value: string, isGood: boolean, put: () => void) => {
    if (isGood) put();
    else ignored.push(`${key}=${value}`);
  };
  for (const [key, value] of query) {
    if ((LISTS as readonly string[]).includes(key) || isDimensionId(key))
      take(key, value, isKnown(key, value), () => {
        filter[key] = [...((filter[key] as string[] | undefined) ?? []), value];
      });
    else if ((WORDS as readonly string[]).includes(key)) {
      const isDay = key === 'from' || key === 'to';
      take(key, value, isDay ? DAY.test(value) && !Number.isNaN(Date.parse(value)) : isKnown(key, value), () => {
        if (value !== '') filter[key] = value;
      });
    } else if ((FLAGS as readonly string[]).includes(key))
      take(key, value, value === '1', () => {
        filter[key] = true;
      });
    else if ((SPANS as readonly string[]).includes(key)) {
      const span = spanOf(value);
      take(key, value, span !== undefined, () => {
        filter[key] = span;
      });
    }
  }
  return { filter: filter as CallFilter, ignored };
}

function spanOf(text: string): Span | undefined {
  const [, least = '', most = ''] = /^(\d+(?:\.\d+)?)?-(\d+(?:\.\d+)?)?$/.exec(text) ?? [];
  if (least === '' && most === '') return undefined;
  return { ...(least !== '' && { least: Number(least) }), ...(most !== '' && { most: Number(most) }) };
}
