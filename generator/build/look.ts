import type { State } from '../days/state.ts';
import type { Spool } from '../lib/spool.ts';
import { newestState } from '../previous-build.ts';
import { damagedReadings, damagedSample } from '../publish/check/inspect.ts';
import { damagedIn, type Fault } from '../publish/check/verify.ts';
import { type Needs, needsBeside } from '../publish/kept.ts';
import { readMarks } from '../publish/marks.ts';
import { sameWaiting } from '../source/waiting.ts';
import type { LookRun } from './context.ts';
import type { Hint } from './feed.ts';
import { type Input, listInput, lookUpInput } from './input.ts';
import type { Opened } from './open.ts';

/** What a run finds. */
export interface Found extends Input {
  spool: Spool;
  /** Whether anything of the input is not as the state knows it. */
  hasNews: boolean;
  /** The state that knows every call which a kept build shows; undefined where nobody can tell. */
  newest?: State;
  /** What builds kept beside the one before need and that one does not; none where it cannot be compared with. */
  needs: Needs;
  /** Keys of the reports store that somebody has found to be damaged. */
  marked: ReadonlySet<string>;
  /** Blobs of the build before that have to be made again. */
  damaged: ReadonlyMap<string, Fault>;
}

/**
 * Compare the input with the state, and look at what the build before consists of.
 * @param hint of the change feed; absent: everything is listed
 * @throws {Damaged} where the state cannot be read: then everything has to be built again
 */
export async function look(run: LookRun, opened: Opened, spool: Spool, hint: Hint | undefined): Promise<Found> {
  const { reports, org } = run;
  const { start, comparable, before, state } = opened;
  let input = (hint && (await lookUpInput(run, opened, hint, spool))) ?? (await listInput(run, opened, spool));
  const newest = await newestState(reports, org, start, comparable?.state);
  const marked = await readMarks(reports, org, start.lies);
  if (run.closely && before) for (const blob of await damagedReadings(reports, org, before.manifest)) marked.add(blob);
  const needs = comparable && start.pointer ? await needsBeside(reports, org, start.pointer, comparable.manifest) : {};
  const damaged = before
    ? await damagedIn(start.lies, before.manifest, marked, Object.values(needs).flat())
    : new Map<string, Fault>();
  if (before && !hasNews(input, state) && damaged.size === 0)
    for (const found of await damagedSample(reports, org, before.manifest, run.listedAt)) damaged.set(...found);
  // What is made again is read again, and for that the whole input has to be known.
  if (damaged.size > 0 && !input.isWhole) input = await listInput(run, opened, spool);
  return { ...input, spool, hasNews: hasNews(input, state), newest, needs, marked, damaged };
}

const hasNews = ({ changes, sheets, ignored, waiting }: Input, state: State): boolean =>
  changes.calls.length > 0 || sheets.changed || !same(ignored, state.ignored) || !sameWaiting(waiting, state.waiting);

const same = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((value, i) => value === b[i]);
