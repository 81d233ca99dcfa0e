import { createHmac } from 'node:crypto';
import type { Call } from '#shared/model.ts';
import { segmentOf } from '../lib/paths.ts';
import { digitsOf } from './digits.ts';
import { groupSpans, runSpans } from './names.ts';
import { pseudonymOf } from './pseudonym.ts';
import { type Span, withSpans } from './spans.ts';

const UUID = /^(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{32})$/i;
/** Words with so many hexadecimal digits; one of decimal digits alone may be a number of anything. */
const HEXADECIMAL = /[0-9a-f]{16,}/gi;

/**
 * What stands for a call's id where outside parties are masked: the id without their numbers and without other runs of seven or
 * more digits, and a path that cannot be told from the number. Undefined where the id itself may be shown and is a path.
 * @param parties spans of the call's outside parties in the id
 * @param isNumberKnown whether a number of the outside party is known; else groups of digits may be one
 */
export function aliasOf(
  key: string,
  org: string,
  id: string,
  parties: readonly Span[],
  isNumberKnown: boolean,
): Call['alias'] {
  const isOpaque = UUID.test(id) || (id.match(HEXADECIMAL) ?? []).some((word) => /[a-f]/i.test(word));
  const runs = isOpaque
    ? []
    : (isNumberKnown ? runSpans : groupSpans)(digitsOf([id]), (number) => pseudonymOf(key, org, number));
  const shown = withSpans(id, [...parties, ...runs]);
  if (shown === id && segmentOf(id) === id) return undefined;
  return { id: shown, segment: hashedSegment(key, org, id) };
}

/** The segment of a masked call's path. */
export const hashedSegment = (key: string, org: string, id: string): string =>
  `~${createHmac('sha256', key).update(`call path\n${org}\n${id}`).digest('hex').slice(0, 24)}`;
