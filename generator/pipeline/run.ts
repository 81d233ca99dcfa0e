import pMap from 'p-map';
import { oneLine, say } from '../lib/printable.ts';
import { advance } from './advance.ts';
import { PipelineError } from './errors.ts';
import { readIngest, writeIngest } from './ingest/watermark.ts';
import { ingest, ingestWords } from './ingest.ts';
import { openKey } from './keys.ts';
import { lookThrough } from './reconcile.ts';
import { NOTHING_SPENT } from './spent.ts';
import { noCalls, noRecordings, tally } from './tally.ts';
import { taskOf } from './task.ts';
import { idsBelow, writeWaiting } from './waiting.ts';
import type { RunOutcome, World } from './world.ts';

/** Calls under way at once. */
const AT_ONCE = 4;

/**
 * Take an organization's new recordings, and bring every call that is not done as far as it goes. Whatever a run leaves, the next one finds:
 * it may be ended at any moment, and several may run at once.
 * @param signal ends it at the next step of each call
 */
export async function runOrganization(world: World, signal: AbortSignal): Promise<RunOutcome> {
  const { org, log } = world;
  const outcome: RunOutcome = {
    org,
    ingest: noRecordings(),
    calls: noCalls(),
    paid: { ...NOTHING_SPENT },
    notDone: [],
  };
  try {
    // What is wrong there is wrong for every call.
    taskOf(world);
    outcome.ingest = await log.step(say`list recordings`, () => ingest(world, signal), ingestWords);
    if (outcome.ingest.problem) log.say(oneLine(outcome.ingest.problem), 'problem');
    await lookOnceADay(world);
    await log.step(
      say`work on calls`,
      (progress) => workOnAll(world, signal, outcome, progress),
      () => say`${outcome.calls.done} done, ${outcome.calls.waiting} wait, ${outcome.calls.dead} dead`,
      'calls',
    );
  } catch (error) {
    if (!(error instanceof PipelineError && error.kind === 'configuration')) throw error;
    outcome.stopped = error.problems;
  }
  outcome.notDone = (await writeWaiting(world)).calls;
  return outcome;
}

/** Look through all objects, where nobody has done so today (UTC). */
export async function lookOnceADay(world: World): Promise<void> {
  const { org, stores, now } = world;
  const state = await readIngest(stores.results, org);
  const looked = now().toISOString().slice(0, 10);
  if (state.looked === looked) return;
  await lookThrough(world);
  await writeIngest(stores.results, org, { ...state, looked });
}

async function workOnAll(
  world: World,
  signal: AbortSignal,
  outcome: RunOutcome,
  progress: (done: number, total: number) => void,
): Promise<void> {
  const { org, stores } = world;
  const calls = await idsBelow(stores.results, openKey(org, ''));
  // Where one has met a setting that is wrong, no other need meet it; those that are under way come to their end.
  let stopped: PipelineError | undefined;
  await pMap(
    calls,
    async (call) => {
      if (signal.aborted || stopped) return tally(outcome.calls, { state: 'waiting', stage: 'ingest' });
      try {
        tally(outcome.calls, await advance(world, call, signal, outcome.paid));
      } catch (error) {
        if (!(error instanceof PipelineError)) throw error;
        stopped ??= error;
        tally(outcome.calls, { state: 'waiting', stage: 'ingest' });
      }
      progress(outcome.calls.seen, calls.length);
    },
    { concurrency: AT_ONCE },
  );
  signal.throwIfAborted();
  if (stopped) throw stopped;
}
