import { strip } from '#shared/format/strip.ts';
import { messageOf, problemsOf } from '../../lib/errors.ts';
import { oneLine, type Printable, printable, say } from '../../lib/printable.ts';

/** `wrong` keeps something from working; a `warning` does not; `not checked`: nothing was found out. */
export type Result = 'ok' | 'warning' | 'wrong' | 'not checked';

/** What one check has found. */
export interface Finding {
  /** What was looked at. */
  check: string; // e.g., "results: read"
  /** The organization that it is about, where it is about one. */
  org?: string;
  result: Result;
  /** What was found and what to do, as sentences. It names no call and no person. */
  text: Printable;
}

/** Says what was found. */
const found =
  (result: Result) =>
  (check: string, text: Printable, org?: string): Finding => ({
    check,
    ...(org !== undefined && { org }),
    result,
    text,
  });

export const ok = found('ok');
export const warning = found('warning');
export const wrong = found('wrong');
export const notChecked = found('not checked');

/** What was thrown, as one line. @param hidden keys and the like that must not stand in it */
export function whyOf(error: unknown, hidden: readonly string[] = []): Printable {
  let text: string = oneLine(problemsOf(error));
  for (const each of hidden) for (const form of [each, String(say`${each}`)]) text = text.replaceAll(form, '…');
  return printable(text);
}

/** Checks that go on when one of them fails: what it throws is what it has found. */
export async function attempt(
  check: string,
  work: () => Promise<Finding | Finding[]>,
  org?: string,
): Promise<Finding[]> {
  try {
    return [await work()].flat();
  } catch (error) {
    return [wrong(check, whyOf(error), org)];
  }
}

/** A clause as the beginning of a sentence. */
export const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

/** What was thrown, as a clause on one line. */
export const clauseOf = (error: unknown): string => strip(messageOf(error).replaceAll(/\s+/g, ' '), undefined, /[\s.]/);
