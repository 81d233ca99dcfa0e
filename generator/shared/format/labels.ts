import type { QaResult } from '../filter/filter.ts';
import type { Direction, SentimentLabel } from '../model.ts';

/** Which way a call went, in the order in which directions are listed. */
export const DIRECTIONS: { [direction in Direction]: string } = {
  inbound: 'Inbound',
  outbound: 'Outbound',
  internal: 'Internal',
  unknown: 'Unknown',
};

/** A call's direction where it stands alone: "Inbound (from the agent domains)", "Direction unknown". */
export const directionInWords = (direction: Direction, derived: boolean | undefined): string =>
  `${direction === 'unknown' ? 'Direction unknown' : DIRECTIONS[direction]}${derived ? ' (from the agent domains)' : ''}`;

/** A call's sentiment label; `none` is of calls whose sentiment was not analysed. */
export const SENTIMENTS: { [label in SentimentLabel | 'none']: string } = {
  positive: 'Positive',
  neutral: 'Neutral',
  negative: 'Negative',
  mixed: 'Mixed',
  none: 'Not analysed',
};

/** How a call stands with QA, in the order in which results are listed. */
export const QA_RESULTS: { [result in QaResult]: string } = {
  passed: 'Pass',
  failed: 'Fail',
  unscored: 'No overall result',
  'not-evaluated': 'Not evaluated',
  'not-evaluated-yet': 'Not evaluated yet',
  'too-short': 'Too short',
};

/** Enough of a call's id to tell one from another in a narrow column: "0f3b6a1c…". */
export const shortId = (id: string): string => (id.length > 12 ? `${id.slice(0, 8)}…` : id);
