import type { Day } from './calendar.ts';

/** What a pipeline gets wrong, or a caller makes odd. The first are about every 20 days, the others every 60. */
const often = [
  'failed analysis', // the model failed: rows without anything in them
  'no rules', // the QA object is one line break
  'no sentiment',
  'not analysed', // a transcript and nothing else
  'undated', // the provider's metadata had expired
  'short',
  'mixed',
  'redacted', // names and numbers are [PII]
  'spelling', // rules in other spelling, numbers and booleans as strings, an extra field, a row without pass
] as const;
const seldom = [
  'no timing', // one utterance per channel
  'one voice', // one utterance, nobody told apart
  'twice', // two rows of one rule
  'another run', // QA rows of another run
  'markup', // a caller reads out code
  'cut short', // the record ends in the middle; so the next four: refused
  'empty',
  'not a number',
  'utf-16',
  'two lines',
  'cut transcript',
] as const;

export type Odd = (typeof often)[number] | (typeof seldom)[number] | 'qa to come';

/**
 * What is odd about a call, if anything: at most one call a day, and two of the last day, whose QA rows are still to come.
 * @param shift Days by which a tenant's oddities are moved, so that two tenants differ.
 */
export function oddOf(day: Day, index: number, calls: number, shift: number): Odd | undefined {
  const turn = (day.number + shift) % 60;
  const kind = often[turn % 20] ?? seldom[turn - often.length];
  // Neither the first call of a day nor the last, which tells that the day is complete.
  const middle = Math.max(1, calls - 2);
  if (kind && index === 1 + ((turn * 3) % middle)) return kind;
  if (day.ago === 0 && (index === Math.floor(calls / 2) || index === calls - 3)) return 'qa to come';
  return undefined;
}
