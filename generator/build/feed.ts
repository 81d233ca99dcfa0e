import { addDays } from '#shared/calendar/days.ts';
import { localDay } from '#shared/calendar/local-time.ts';
import { readState } from '../days/state.ts';
import { messageOf, undefinedIfDamaged } from '../lib/errors.ts';
import { say } from '../lib/printable.ts';
import { settledAt } from '../lib/time.ts';
import { counted } from '../lib/words.ts';
import { numberOf } from '../publish/manifest.ts';
import { hasMarks } from '../publish/marks.ts';
import { readPointer } from '../publish/read.ts';
import { readWaiting, sameWaiting } from '../source/waiting.ts';
import type { BuildResult, LookRun } from './context.ts';
import { unchanged } from './unchanged.ts';

/** What the change feed says to one run. */
export interface Feed {
  /** What has to be looked at, and what all that is known rests on; absent: everything is listed. */
  hint?: Hint;
  /** What it told has been used. */
  done(): Promise<void>;
}

export interface Hint {
  /** Calls of which something may have changed. */
  ids: ReadonlySet<string>;
  /** When the last listing of everything began; ISO 8601. */
  listedAt: string;
  /** Number of the build that was current after the last run: over another one the feed says nothing. */
  generation: number;
}

/** A listing of everything is made at least so often, */
const LISTING_MS = 24 * 60 * 60_000;

/** and by the first run after a local day has settled, so that whatever is told of a day rests on one. */
function isListingDue(listedAt: string, now: Date, timeZone: string): boolean {
  const listed = Date.parse(listedAt);
  const today = localDay(now.getTime(), timeZone);
  const settled = [1, 2].map((back) => settledAt(addDays(today, -back), timeZone));
  const last = Math.max(...settled.filter((at) => at <= now.getTime()));
  // What lies ahead of the clock is no time to rely on.
  return !(listed >= last && listed > now.getTime() - LISTING_MS && listed <= now.getTime());
}

/** Undefined where there is no feed that can be read, or a call is erased: that is never left to a hint. */
export async function openFeed(run: LookRun): Promise<Feed | undefined> {
  if (!run.feed || run.erasing) return undefined;
  try {
    return await readFeed(run, run.feed);
  } catch (error) {
    run.log.say(say`the change feed cannot be read, so everything is listed: ${messageOf(error)}`, 'problem');
    return undefined;
  }
}

async function readFeed(run: LookRun, feed: NonNullable<LookRun['feed']>): Promise<Feed> {
  const { org, log, now, tenant } = run;
  const told = await feed.about(org);
  const done = () =>
    told
      .used()
      .catch((error) =>
        log.say(say`events could not be removed, so what they name is looked at again: ${messageOf(error)}`, 'problem'),
      );
  const { listedAt, generation } = feed.lastOf(org) ?? {};
  const isKnown = listedAt !== undefined && generation !== undefined && !isListingDue(listedAt, now(), tenant.timeZone);
  if (run.force || !isKnown) return { done };
  const ids = await log.step(
    say`events`,
    () => told.calls(),
    (found) => (found ? say`${counted(found.size, 'call')} to look at` : say`everything is listed`),
  );
  return { done, ...(ids && { hint: { ids, listedAt, generation } }) };
}

/**
 * The end of a run to which the feed says that nothing has changed: it asks for little, whatever the size of the site. What no build
 * needs, and what is damaged, is looked for where everything is listed.
 * @returns undefined where there is something to do
 */
export async function rest(run: LookRun, hint: Hint): Promise<BuildResult | undefined> {
  const { results, reports, org } = run;
  if (hint.ids.size > 0) return undefined;
  const current = await readPointer(reports, org).catch(undefinedIfDamaged);
  if (!current || numberOf(current.pointer) !== hint.generation || (await hasMarks(reports, org))) return undefined;
  const { pointer } = current;
  const state = await readState(reports, org, pointer.state, run.fingerprint);
  if (!state || !sameWaiting(await readWaiting(results, org), state.waiting)) return undefined;
  return unchanged(pointer, state, hint.listedAt);
}
