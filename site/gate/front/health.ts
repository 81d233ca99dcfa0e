import type { ServerResponse } from 'node:http';
import { messageOf } from '../../../generator/lib/errors.ts';
import { say as sentence } from '../../../generator/lib/printable.ts';
import type { Freshness } from '../content/freshness.ts';
import type { AccessLine } from '../context.ts';
import { say } from './respond.ts';

/**
 * What `/healthz?fresh` answers, to whomever: one word, of all organizations together. Anybody may ask, so a store that fails is told
 * in the line of the request only.
 */
export async function sayHealth(
  res: ServerResponse,
  line: AccessLine,
  freshness: (() => Promise<Freshness>) | undefined,
): Promise<void> {
  try {
    const word = (await freshness?.()) ?? 'unknown';
    say(res, word === 'late' ? 503 : 200, word);
  } catch (error) {
    line.problem = sentence`whether the reports are fresh is not known: ${messageOf(error)}`;
    say(res, 503);
  }
}
